"""A name may hold folders: they are made below the given one when the upload is complete."""

from __future__ import annotations

import os
import threading
import uuid
from pathlib import Path, PurePosixPath
from typing import BinaryIO

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PLACING = threading.Lock()


def save_upload(stream: BinaryIO, name: str, folder: Path, limit: int) -> Path:
    wanted = PurePosixPath(name)
    if wanted.is_absolute() or ".." in wanted.parts or "\0" in name or wanted.suffix not in ("", ".png"):
        raise ValueError("the name leads out of the folder")
    if not 0 < len(os.fsencode(name)) <= 150 or not wanted.name:
        raise ValueError("the name is empty or too long")
    part = folder / f".incoming-{uuid.uuid4()}"
    try:
        with open(part, "xb") as file:
            receive(stream, file, limit)
        with PLACING:
            return place(part, folder, wanted)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def place(part: Path, folder: Path, wanted: PurePosixPath) -> Path:
    number, path = 0, folder / wanted
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise ValueError("a file has the name of this folder") from error
    while path.exists():
        number += 1
        path = folder / wanted.with_name(f"{wanted.stem}~{number}{wanted.suffix}")
    os.rename(part, path)
    return path


def receive(stream: BinaryIO, file: BinaryIO, limit: int) -> None:
    remaining = limit
    head, rest = b"", True
    while rest:
        piece = stream.read(max(256, min(65_536, remaining + 1)))
        remaining -= len(piece)
        rest = piece != b""
        if remaining < 0:
            raise ValueError("the upload does not end in time")
        if len(head) < 8:
            head += piece[: 8 - len(head)]
            if not rest or (len(head) == 8 and head != SIGNATURE):
                raise ValueError("the upload is of another kind")
        file.write(piece)
