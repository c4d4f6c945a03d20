"""An anonymous file in the folder until all is known to be right; a copy of it gets the name."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import BinaryIO

SIGNATURE = b"\x89PNG\r\n\x1a\n"
BLOCK = 32_768


def save_upload(stream: BinaryIO, name: str, folder: Path, limit: int) -> Path:
    stem = "-".join(re.findall(r"[a-z0-9]+", name.lower().removesuffix(".png")))[:80]
    with tempfile.TemporaryFile(dir=folder) as held:
        length = 0
        while True:
            data = stream.read(BLOCK)
            length += len(data)
            if not data or length > limit:
                break
            held.write(data)
        held.seek(0)
        if length > limit or held.read(8) != SIGNATURE:
            raise ValueError("too large, or no PNG")
        held.seek(0)
        return copied(held, folder, stem)


def copied(held: BinaryIO, folder: Path, stem: str) -> Path:
    descriptor, made = tempfile.mkstemp(prefix=f"{stem}-", suffix=".png", dir=folder)
    try:
        while data := held.read(BLOCK):
            while data:
                data = data[os.write(descriptor, data) :]
    finally:
        os.close(descriptor)
    return folder / Path(made).name
