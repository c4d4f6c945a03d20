"""Taken into an anonymous temporary file first, which is small enough for memory or on disk, then copied."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path, PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

SMALL = 32_768
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def save_upload(stream: BinaryIO, name: str, folder: Path, limit: int) -> Path:
    with SpooledTemporaryFile(max_size=SMALL) as spool:
        size = 0
        while size <= limit:
            piece = stream.read(SMALL)
            if not piece:
                break
            size += len(piece)
            spool.write(piece)
        if size > limit:
            raise ValueError("the limit is exceeded")
        spool.seek(0)
        if spool.read(len(SIGNATURE)) != SIGNATURE:
            raise ValueError("the format is not PNG")
        spool.seek(0)
        path = folder / called(name)
        with open(path, "xb") as file:
            shutil.copyfileobj(spool, file, SMALL)
    return path


def called(name: str) -> str:
    stem = PurePosixPath(name).stem.encode("ascii", "ignore").decode()
    readable = "".join(one for one in stem if one.isalnum() or one in "_-")[:40]
    return f"{readable}.{secrets.token_hex(8)}.png"
