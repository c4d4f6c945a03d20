"""Gathers what comes in small pieces and writes it in larger ones; tells in a list beside them what was stored."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any, BinaryIO

SIGNATURE = b"\x89PNG\r\n\x1a\n"
TOGETHER = 327_680


class Upload:
    def __init__(self, folder: Path, name: str) -> None:
        bad = {"/", "\0"} & set(name) or name in ("", ".", "..") or len(os.fsencode(name)) > 180
        if bad:
            raise ValueError("a name without folders is wanted")
        self.folder, self.name, self.count = folder, name, 0
        self.waiting = bytearray()
        self.path, self.file = self.begin()

    def begin(self) -> tuple[Path, Any]:
        for attempt in range(1_000_000):
            path = self.folder / f"{attempt}_{self.name}"
            try:
                return path, open(path, "xb", buffering=0)
            except FileExistsError:
                continue
        raise ValueError("this name is used up")

    def add(self, piece: bytes) -> None:
        self.count += len(piece)
        self.waiting += piece
        if len(self.waiting) >= TOGETHER:
            self.flush()

    def flush(self) -> None:
        while self.waiting:
            written = self.file.write(self.waiting)
            del self.waiting[:written]

    def __enter__(self) -> Upload:
        return self

    def __exit__(self, kind: object, *_rest: object) -> None:
        self.file.close()
        if kind is not None:
            os.unlink(self.path)


def save_upload(stream: BinaryIO, name: str, folder: Path, limit: int) -> Path:
    with Upload(folder, name) as upload:
        head = read_head(stream)
        upload.add(head)
        while upload.count <= limit and (piece := stream.read(8192)):
            upload.add(piece)
        if upload.count > limit:
            raise ValueError("larger than allowed")
        upload.flush()
    with open(folder / ".stored", "a", encoding="utf-8") as log:
        log.write(f"{time.time():.0f} {upload.path.name!r} {upload.count}\n")
    return upload.path


def read_head(stream: BinaryIO) -> bytes:
    head = bytearray()
    for _ in range(8):
        head += stream.read(1)
    if head != SIGNATURE:
        raise ValueError("not the eight bytes of a PNG")
    return bytes(head)
