"""Each upload gets a folder of its own below the given one."""

from __future__ import annotations

import shutil
import string
import tempfile
from pathlib import Path
from typing import BinaryIO

ALLOWED = frozenset(string.ascii_letters + string.digits + "._-")
PNG = b"\x89PNG\r\n\x1a\n"


def save_upload(stream: BinaryIO, name: str, folder: Path, limit: int) -> Path:
    kept = "".join(letter for letter in name if letter in ALLOWED)[-110:].lstrip(".")
    place = folder / Path(tempfile.mkdtemp(prefix="upload-", dir=folder)).name
    try:
        path = place / (kept or "unnamed.png")
        with path.open("wb") as file:
            fill(file, stream, limit)
        return path
    except BaseException:
        shutil.rmtree(place)
        raise


def fill(file: BinaryIO, stream: BinaryIO, limit: int) -> None:
    left = limit
    start = bytearray()
    while True:
        block = stream.read(60_000)
        if not block:
            break
        left -= len(block)
        if left < 0:
            raise ValueError(f"no more than {limit} bytes, please")
        if len(start) < len(PNG):
            start += block[: len(PNG) - len(start)]
        file.write(block)
    if bytes(start) != PNG:
        raise ValueError("no PNG begins like this")
