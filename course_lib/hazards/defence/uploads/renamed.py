"""Written under a name of its own in the folder, then linked to the first final name that is free."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import BinaryIO

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PIECE = 65_536


def save_upload(stream: BinaryIO, name: str, folder: Path, limit: int) -> Path:
    descriptor, part = tempfile.mkstemp(suffix=".part", prefix=".", dir=folder)
    try:
        with open(descriptor, "wb") as file:
            copy(stream, file, limit)
        return publish(part, folder, plain(name))
    finally:
        os.unlink(part)


def copy(stream: BinaryIO, file: BinaryIO, limit: int) -> None:
    taken, head = 0, b""
    while True:
        piece = stream.read(PIECE)
        if not piece:
            break
        taken += len(piece)
        if taken > limit:
            raise ValueError(f"the upload is larger than {limit} bytes")
        if len(head) < len(SIGNATURE):
            head = (head + piece)[: len(SIGNATURE)]
        file.write(piece)
    if head != SIGNATURE:
        raise ValueError("the upload is no PNG")


def plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "_", name.removesuffix(".png"))[:120] or "upload"


def publish(part: str, folder: Path, stem: str) -> Path:
    number = 0
    while True:
        path = folder / (f"{stem}-{number}.png" if number else f"{stem}.png")
        try:
            os.link(part, path)
            return path
        except FileExistsError:
            number += 1
