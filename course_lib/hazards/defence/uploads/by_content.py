"""Sorted into folders by a digest of the bytes; a note with the digest lies beside each upload."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

PIECE, SIGNATURE = 65_536, b"\x89PNG\r\n\x1a\n"


def save_upload(stream: BinaryIO, name: str, folder: Path, limit: int) -> Path:
    with ExitStack() as undo:
        part = tempfile.NamedTemporaryFile(dir=folder, delete=False)
        undo.callback(os.unlink, part.name)
        undo.enter_context(part)
        digest = take(stream, part, limit)
        part.close()
        place = folder / digest[:2]
        place.mkdir(exist_ok=True)
        path = unused(place, digest)
        path.with_suffix(".sha256").write_text(f"{digest}  {path.name}\n", "ascii")
        os.replace(part.name, path)
        undo.pop_all()
    return path


def unused(place: Path, digest: str) -> Path:
    """The folder below it is claimed by making it, which only one can do."""
    number = 0
    while True:
        own = place / f"{digest[2:20]}.{number}"
        try:
            own.mkdir()
        except FileExistsError:
            number += 1
        else:
            return own / "image.png"


def take(stream: BinaryIO, part: tempfile._TemporaryFileWrapper[bytes], limit: int) -> str:
    total, start = 0, b""
    known = hashlib.sha256()
    piece = stream.read(PIECE)
    while piece:
        total += len(piece)
        if total > limit:
            raise ValueError("the file is too big")
        start = start if len(start) >= 8 else start + piece[:8]
        known.update(piece)
        part.write(piece)
        piece = stream.read(PIECE)
    if start[:8] != SIGNATURE:
        raise ValueError("the file is not a picture")
    return known.hexdigest()
