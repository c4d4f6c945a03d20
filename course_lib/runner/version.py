"""Which judge it was: a digest of all that decides a verdict, and Python's minor version.

A judgement that was made by another one is made again.
"""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path

COURSE = Path(__file__).resolve().parents[1]
JUDGES = ("hazards", "instruments", "interleavings", "runner", "testbeds", "reading.py", "syllabus.py", "wire.py")
PROSE = frozenset({".md", ".ipynb", ".pyc"})


@cache
def judge_version() -> str:
    """Twelve hexadecimal digits and the version of Python, as in `3f2a90c1d7e4-py3.11`."""
    digest = hashlib.sha256()
    for path in sorted(path for part in JUDGES for path in _files(COURSE / part)):
        digest.update(f"{path.relative_to(COURSE).as_posix()}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return f"{digest.hexdigest()[:12]}-py{sys.version_info.major}.{sys.version_info.minor}"


def _files(part: Path) -> list[Path]:
    if part.is_file():
        return [part]
    return [path for path in part.rglob("*") if path.is_file() and path.suffix not in PROSE]
