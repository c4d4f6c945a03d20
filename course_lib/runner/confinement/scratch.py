"""The private folder of one run: made fresh, and removed whatever the submission has made of it."""

from __future__ import annotations

import contextlib
import itertools
import os
import secrets
import tempfile
from collections.abc import Iterator


@contextlib.contextmanager
def scratch_folder() -> Iterator[str]:
    """The path of a new empty folder, with no symbolic link in it; raises OSError where none can be made."""
    path = os.path.realpath(tempfile.mkdtemp(prefix="course-"))
    try:
        yield path
    finally:
        with contextlib.suppress(OSError):
            _empty(path)
            os.rmdir(path)


def _empty(folder: str) -> None:
    """Removes everything below, without recursion: a submission may nest folders deeper than any path can name."""
    names = (os.path.join(folder, f"{secrets.token_hex(8)}-{number}") for number in itertools.count())
    while True:
        entries = list(os.scandir(folder))
        if not entries:
            return
        for entry in entries:
            _dissolve(entry, names)


def _dissolve(entry: os.DirEntry[str], names: Iterator[str]) -> None:
    """Removes a file; of a folder, the files, then the folder itself, its own folders having been moved to the top."""
    if not entry.is_dir(follow_symlinks=False):
        os.unlink(entry.path)
        return
    os.chmod(entry.path, 0o700)
    for inner in list(os.scandir(entry.path)):
        if inner.is_dir(follow_symlinks=False):
            os.chmod(inner.path, 0o700)
            os.rename(inner.path, next(names))
        else:
            os.unlink(inner.path)
    os.rmdir(entry.path)
