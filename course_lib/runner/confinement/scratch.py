"""The private folder of one run: made fresh, and removed whatever the submission has made of it.

A judge that is killed can't remove its own. Each folder is locked by the judge that uses it for as long as that lives,
and the first folder that a judge asks for removes those which nobody holds any more. (A lock and not a process id: two
containers may share a folder for temporary files, and ids come round again.)

It lies in memory where there is much of that, unless somebody has said where temporary files belong: a run may write
thousands of small files, for which a disk that is shared, or keeps a journal, can take seconds.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import secrets
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from types import ModuleType

from course_lib.runner.machine import free_memory

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows has none: there, what a killed judge leaves stays until the system clears such folders
    fcntl = None

MOST_FILES, MOST_BYTES = 20_000, 256 << 20  # that a run may leave in its folder at any time
COUNTED_EVERY = 0.5  # seconds
ON_DISK, IN_MEMORY = "/tmp", "/dev/shm"  # as systems have them; folders are made in them as anywhere
MUCH_ROOM, MUCH_MEMORY = 2 << 30, 4 << 30  # bytes: far more than hostile runs fill before that is seen
_NAME = re.compile(r"course-[0-9a-f]{16}\.run")  # nothing that anybody else would call a folder


@contextlib.contextmanager
def scratch_folder() -> Iterator[str]:
    """The path of a new empty folder, with no symbolic link in it; raises OSError where none can be made."""
    usual = os.path.realpath(tempfile.gettempdir())
    where = os.path.realpath(IN_MEMORY) if usual == ON_DISK and _may_be_in_memory() else usual
    for place in (where, usual):
        _remove_abandoned(place)
    unborn = tempfile.mkdtemp(prefix=".course-", dir=where)
    lock = _locked(unborn)
    kind = "unlocked" if lock is None else "run"  # what nothing holds must not look abandoned
    path = os.path.join(where, f"course-{secrets.token_hex(8)}.{kind}")
    try:
        os.rename(unborn, path)  # nobody meets it by its name before it is locked
        yield path
    finally:
        _remove(path)
        if lock is not None:
            os.close(lock)


def _may_be_in_memory() -> bool:
    """Whether nobody has said where temporary files belong, and there is much room in memory."""
    if any(os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")) or not hasattr(os, "statvfs"):
        return False
    try:
        disk = os.statvfs(IN_MEMORY)
    except OSError:
        return False
    room = disk.f_bavail * disk.f_frsize
    return os.access(IN_MEMORY, os.W_OK) and room >= MUCH_ROOM and free_memory() >= MUCH_MEMORY


class Quota:
    """How much a run may leave in its folder; it is counted now and then, and no more often."""

    def __init__(self, path: str) -> None:
        self._path, self._next = path, time.monotonic() + COUNTED_EVERY

    def exceeded(self) -> str:
        """Which quota it is over, as a sentence, or nothing."""
        if time.monotonic() < self._next:
            return ""
        told = holds_too_much(self._path)
        self._next = time.monotonic() + COUNTED_EVERY
        return told


def holds_too_much(path: str) -> str:
    """Which quota the folder is over, as a sentence; "" where it is within both. Stops counting where that is told."""
    files = size = 0
    folders = [path]
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    files += 1
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    else:
                        size += entry.stat(follow_symlinks=False).st_blocks * 512
                    if files > MOST_FILES:
                        return f"the code wrote more than {MOST_FILES:,} files; a repair needs far fewer"
                    if size > MOST_BYTES:
                        return f"the code wrote more than {MOST_BYTES >> 20} MB to disk; a repair needs far less"
        except OSError:
            continue  # it was removed meanwhile, or shut
    return ""


def _locked(path: str) -> int | None:
    """A descriptor that holds the folder's lock; None where another process holds it, or nothing can be locked."""
    if fcntl is None:
        return None
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


@cache  # once a process is enough
def _remove_abandoned(where: str) -> None:
    """Removes the folders of judges that are gone; none where nothing can be locked."""
    if fcntl is None:
        return
    with contextlib.suppress(OSError):
        for entry in list(os.scandir(where)):
            if _NAME.fullmatch(entry.name) and _is_ours(entry) and (lock := _locked(entry.path)) is not None:
                _remove(entry.path)
                os.close(lock)


def _is_ours(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_uid == os.geteuid()
    except OSError:
        return False


def _remove(path: str) -> None:
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
