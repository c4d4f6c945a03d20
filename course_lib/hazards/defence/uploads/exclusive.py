"""Refuses odd names, looks at the signature first, then writes to the first name that nobody has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def save_upload(stream: BinaryIO, name: str, folder: Path, limit: int) -> Path:
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,150}\.png", name):
        raise ValueError(f"{name!r} is no name for a file")
    head = signature(stream, limit)
    path, file = new_file(folder, name)
    try:
        with file:
            file.write(head)
            taken = len(head)
            while piece := stream.read(16_384):
                taken += len(piece)
                if taken > limit:
                    raise ValueError("too large")
                file.write(piece)
    except BaseException:
        path.unlink()
        raise
    return path


def signature(stream: BinaryIO, limit: int) -> bytes:
    head = b""
    while len(head) < 8:
        piece = stream.read(8 - len(head))
        if not piece:
            break
        head += piece
    if head != SIGNATURE:
        raise ValueError("not a PNG")
    if len(head) > limit:
        raise ValueError("too large")
    return head


def new_file(folder: Path, name: str) -> tuple[Path, BinaryIO]:
    number = 1
    path = folder / name
    while True:
        try:
            return path, open(path, "xb")
        except FileExistsError:
            number += 1
            path = folder / f"{name[:-4]} ({number}).png"
