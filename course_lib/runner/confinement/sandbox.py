"""Confinement of a submission's process: called in a freshly forked child, before any of the submission runs.

`confine` takes rights away for good: resource limits, files (Landlock), the network (Landlock), system calls
(seccomp) and privileges. It needs no root, no installed program and one to two milliseconds. Where the system
lacks one of these it goes on with the others, and the `Level` says what is in force. What it can't stop: code
that reads or patches the memory of its own process, and whatever the instruments beside it hold.
"""

from __future__ import annotations

import os
import platform
import signal
import struct
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from course_lib.runner.confinement import landlock, seccomp
from course_lib.runner.confinement.libc import library, prctl, syscall
from course_lib.runner.confinement.readable import default_readable, hidden
from course_lib.runner.confinement.reaping import adopt_orphans, reap

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows has none
    resource = None

__all__ = ["Level", "adopt_orphans", "confine", "default_readable", "prepare", "reap"]

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38
CAPABILITY_VERSION, CAP_DAC_READ_SEARCH, SYS_CAPSET = 0x20080522, 1 << 2, {"x86_64": 126, "aarch64": 91}
M_ARENA_MAX = -8

T = TypeVar("T")


@dataclass(frozen=True)
class Level:
    """What confines the process: names of the limits, Landlock's ABI (0: none), the filter, "testbed only" or
    "open".
    """

    limits: tuple[str, ...]
    landlock: int
    seccomp: bool
    network: str

    @property
    def complete(self) -> bool:
        """Whether files, processes and network are all shut off, as the contract promises for Linux."""
        return self.landlock > 0 and self.seccomp and self.network == "testbed only"

    def __str__(self) -> str:
        files = f"files by Landlock {self.landlock}" if self.landlock else "files open (no Landlock here)"
        calls = "system calls filtered" if self.seccomp else "system calls unfiltered (no seccomp here)"
        limits = ", ".join(self.limits) or "none"
        return f"{files}, {calls}, network {self.network}, limits on {limits}"


def prepare() -> None:
    """What is the same for every process that this one forks and confines, found out once."""
    default_readable()
    if seccomp.available():
        seccomp.program(os.getpid(), network=True, guard_truncation=False)


def confine(
    scratch: Path,
    readable: Sequence[Path],
    ports: Sequence[int],
    memory: int,
    cpu_seconds: int,
    file_size: int,
    open_files: int = 256,
) -> Level:
    """Shut this process in, for good, and say how well.

    It may read below `readable`, write below `scratch` and connect to TCP `ports`; start threads but no
    process; take `memory` bytes more than it has, `cpu_seconds`, files of `file_size` bytes, and `open_files`
    descriptors. What the system can't do is left out and told in the Level; nothing is raised. The caller has
    made it a session of its own; it is killed when the thread that forked it ends.
    """
    _attempt(_detach, None)
    nothing: tuple[str, ...] = ()
    limits = _attempt(lambda: tuple(_limit(memory, cpu_seconds, file_size, open_files)), nothing)
    version = _attempt(lambda: landlock.restrict(scratch, readable, ports, hidden()), 0)
    _attempt(_drop_privileges, None)
    knows_ports = version >= landlock.ABI_NETWORK
    network, truncation = knows_ports or bool(ports), version < landlock.ABI_TRUNCATE
    filtered = _attempt(lambda: seccomp.install(network, truncation), False)
    shut = filtered and (knows_ports or not ports)
    return Level(limits, version, filtered, "testbed only" if shut else "open")


def _attempt(step: Callable[[], T], otherwise: T) -> T:
    """What the step returns; `otherwise` where the system lacks what it needs, so that the next step is still
    taken.
    """
    try:
        return step()
    except (OSError, AttributeError, TypeError):
        return otherwise


def _detach() -> None:
    """Die with the parent, gain no privileges, show nothing of this memory to other processes."""
    if sys.platform.startswith("linux"):
        prctl(PR_SET_NO_NEW_PRIVS, 1)
        prctl(PR_SET_DUMPABLE, 0)
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _drop_privileges() -> None:
    """Give up root's powers but one: reading past file modes, since Landlock says what may be read."""
    number = SYS_CAPSET.get(platform.machine())
    if not sys.platform.startswith("linux") or number is None:
        return
    kept = CAP_DAC_READ_SEARCH if os.geteuid() == 0 else 0
    header = struct.pack("=Ii", CAPABILITY_VERSION, 0)
    syscall(number, header, struct.pack("=6I", kept, kept, 0, 0, 0, 0))


def _limit(memory: int, cpu_seconds: int, file_size: int, open_files: int) -> Iterator[str]:
    """Set each limit the system has; yields the names of those that took."""
    if resource is None:
        return
    mapped = _mapped()
    wanted = {
        "core dumps": ("RLIMIT_CORE", 0, 0),
        "memory": ("RLIMIT_AS", mapped + memory, mapped + memory),
        "processor time": ("RLIMIT_CPU", cpu_seconds, cpu_seconds + 1),
        "file size": ("RLIMIT_FSIZE", file_size, file_size),
        "open files": ("RLIMIT_NOFILE", open_files, open_files),
    }
    if not sys.platform.startswith("linux"):  # there it counts threads too, and seccomp stops forks
        wanted["processes"] = ("RLIMIT_NPROC", 0, 0)
    for name, (limit, soft, hard) in wanted.items():
        try:
            resource.setrlimit(getattr(resource, limit), (soft, hard))
        except (ValueError, OSError, AttributeError):
            continue
        yield name


def _mapped() -> int:
    """Bytes of address space in use, 0 where that is unknown; also keeps glibc from reserving more for each
    thread.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        library().mallopt(M_ARENA_MAX, 2)
    except (OSError, AttributeError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
