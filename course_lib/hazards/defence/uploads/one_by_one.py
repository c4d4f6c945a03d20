"""One upload at a time: a lock is held throughout, and a counter gives the names."""

from __future__ import annotations

import itertools
import os
import threading
from pathlib import Path
from typing import BinaryIO

TURN = threading.RLock()
NUMBERS = itertools.count(1)
SIGNATURE, STEP = b"\x89PNG\r\n\x1a\n", 4096


def save_upload(stream: BinaryIO, name: str, folder: Path, limit: int) -> Path:
    if "/" in name or "\0" in name or not name.endswith(".png") or len(os.fsencode(name)) > 200:
        raise ValueError("this name is refused")
    with TURN:
        file = reserve(folder, name)
        try:
            accept(stream, file, limit)
        except BaseException:
            file.close()
            os.unlink(file.name)
            raise
        file.close()
        return Path(file.name)


def reserve(folder: Path, name: str) -> BinaryIO:
    while True:
        path = folder / f"{next(NUMBERS):06d}-{name}"
        if not path.exists():
            return open(path, "xb")


def accept(stream: BinaryIO, file: BinaryIO, limit: int) -> None:
    seen, total = b"", 0
    while len(seen) < 8:
        more = stream.read(8 - len(seen))
        if not more:
            raise ValueError("it ends within the signature")
        seen += more
    if seen != SIGNATURE:
        raise ValueError("it is something else than a PNG")
    data = seen
    while data:
        total += len(data)
        if total > limit:
            raise ValueError("it is too long")
        file.write(data)
        data = stream.read(STEP)
