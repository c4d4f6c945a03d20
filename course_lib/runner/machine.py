"""What the machine must have for a judgement to mean anything: room on its disk, memory, a loopback interface.

Where it is short of one of these a right answer would seem wrong, so nothing is judged and a sentence says of what.
What it can't see: a quota of the user's own, and what comes and goes while a submission runs.
"""

from __future__ import annotations

import os
import shutil
import socket
from functools import cache
from pathlib import Path
from types import ModuleType

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows has none
    resource = None

ROOM, ENTRIES = 16 << 20, 256  # bytes and files that a run may need; what it may write at most is more
REACHED_WITHIN = 5.0  # seconds


def shortage(scratch: str) -> str:
    """What the machine lacks for a run in that folder, as a sentence; empty where there is enough.

    What the folder itself holds is counted as free: whoever filled it can't blame the machine.
    """
    limit = _file_size_limit()
    if limit < ROOM:
        return f"files may have {_in_words(limit)} here (ulimit -f), and a judgement needs {_in_words(ROOM)}"
    try:
        disk = os.statvfs(scratch)
    except AttributeError:  # Windows: it tells of bytes alone
        return _too_little(scratch, shutil.disk_usage(scratch).free)
    except OSError:
        return ""
    if disk.f_blocks and (lacks := _too_little(scratch, disk.f_bavail * disk.f_frsize)):
        return lacks
    if disk.f_files and disk.f_favail < ENTRIES and not any(os.scandir(scratch)):
        return f"the disk under {Path(scratch).parent} can hold {disk.f_favail} more files, and that is too few"
    return ""


def _too_little(scratch: str, free: int) -> str:
    if free >= ROOM or free + _held(scratch) >= ROOM:
        return ""
    told = f"the disk under {Path(scratch).parent} has {_in_words(free)} left"
    return f"{told}, and a judgement needs {_in_words(ROOM)}; free some, or set TMPDIR to a folder on another"


def _file_size_limit() -> float:
    if resource is None:
        return float("inf")
    soft = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    return float("inf") if soft == resource.RLIM_INFINITY else float(soft)


def _held(folder: str) -> int:
    """Bytes in the files of the folder and below."""
    total, folders = 0, [folder]
    while folders:
        try:
            entries = list(os.scandir(folders.pop()))
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            else:
                known = entry.stat(follow_symlinks=False)
                total += known.st_blocks * 512 if hasattr(known, "st_blocks") else known.st_size
    return total


def _in_words(size: float) -> str:
    return f"{size / (1 << 20):.1f} MB"


def free_memory() -> int:
    """Bytes that processes may still take without any being ended for it; without end where nobody tells."""
    free = [_first_figure(Path("/proc/meminfo"), "MemAvailable:", 1 << 62) << 10]
    of_group = "/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"
    return min(*free, *(_first_figure(Path(path), "", 1 << 62) for path in of_group))


def _first_figure(path: Path, name: str, otherwise: int) -> int:
    """The number on the line that begins with that name, or on the first line."""
    try:
        for line in path.read_text(encoding="ascii").splitlines():
            if line.startswith(name):
                return int(line.removeprefix(name).split()[0])
    except (OSError, ValueError, IndexError):
        pass
    return otherwise


def kills_for_memory() -> int:
    """How often this machine has ended a process because memory ran out, since it was started; 0 where it is untold."""
    try:
        lines = Path("/proc/vmstat").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("oom_kill ")), 0)


@cache
def loopback_trouble() -> str:
    """Why no process here can reach another over 127.0.0.1, as a sentence; empty where it can."""
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            socket.create_connection(server.getsockname(), timeout=REACHED_WITHIN).close()
    except OSError as error:
        return f"this machine can't be reached over its own loopback interface, 127.0.0.1 ({error.strerror or error})"
    return ""
