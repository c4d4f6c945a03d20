"""A box of bubblewrap around a warm parent: processes, files and, mostly, a network of its own. A class has one.

Inside, nothing is there but Python, its libraries and `course_lib`, all read-only, a private `/tmp` of 64 MB, and the
one folder that runs may write to. Each child is confined in it as it is without one. What it can't stop: what a folder
that is written to holds (the session watches that), and a fault in the kernel.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from course_lib.runner.confinement.readable import PACKAGE, SYSTEM, default_readable

PRIVATE = str(64 << 20)  # bytes of its /tmp, and of its shared memory
STARTS_WITHIN = 20.0  # seconds
SERVED = frozenset({"error_handling", "capstone"})  # judged against a server of the judge: they share its network
APPARMOR = "AppArmor keeps it from making user namespaces here; SECURITY.md names the way out"


@cache
def trouble() -> str:
    """Why there is no box on this machine, "" where there is one. It is tried, once a process."""
    if shutil.which("bwrap") is None:
        return "bubblewrap is not installed"
    if not Path(f"/proc/self/task/{os.getpid()}/children").exists():
        return "this system does not tell whose child a process is"
    with tempfile.TemporaryDirectory() as folder:
        try:
            asked = [*within(os.path.realpath(folder), ""), sys.executable, "-I", "-S", "-c", "pass"]
            done = subprocess.run(asked, env={}, capture_output=True, text=True, timeout=STARTS_WITHIN, check=False)
        except (OSError, subprocess.TimeoutExpired) as problem:
            return f"bubblewrap does not start here ({type(problem).__name__})"
    if done.returncode == 0:
        return ""
    return APPARMOR if "uid map" in done.stderr else f"bubblewrap does not work here ({done.stderr.strip()[:120]})"


def within(writable: str, slug: str) -> list[str]:
    """The words of a command before its own, which run it in a box; only `writable` can be written to for good."""
    apart = ["--as-pid-1", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    network = [] if slug in SERVED else ["--unshare-net"]
    private = ["--size", PRIVATE, "--tmpfs", "/tmp", "--proc", "/proc", "--dev", "/dev"]  # its own
    files = [word for path in _seen() for word in ("--ro-bind", path, path)]
    bwrap = shutil.which("bwrap") or "bwrap"
    alone = ["--bind", writable, writable, "--chdir", "/", "--"]
    return [bwrap, "--die-with-parent", *apart, *network, *private, *files, *alone]


def told(slug: str) -> str:
    """What the box shuts off, in words."""
    return f"bubblewrap (files and processes of its own{'' if slug in SERVED else ', no network'})"


@cache
def _seen() -> tuple[str, ...]:
    """Every path that is there in a box, those that lie in another left out."""
    kept: list[str] = []
    for one in sorted(set(_wanted())):
        if Path(one).exists() and not any(one.startswith(f"{wider}/") for wider in kept):
            kept.append(one)
    return tuple(kept)


def _wanted() -> Iterator[str]:
    paths = [*SYSTEM, *map(str, default_readable())]
    yield from (path for path in paths if not path.startswith(("/dev/", "/proc/")))
    yield from (sys.prefix, sys.base_prefix, str(PACKAGE), str(Path(os.path.realpath(sys.executable)).parent))


def seen_from_here(parent: int, pid: int) -> int:
    """The number here of the process that has the number `pid` in the box, a child of the one that it was made for.

    `parent` is the box's own process here. Raises OSError where there is none such.
    """
    [made_for] = _children(parent)
    for one in _children(made_for):
        if _number_within(one) == pid:
            return one
    raise ProcessLookupError(f"no process {pid} in the box")


def _children(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _number_within(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("NSpid:"):
            return int(line.split()[-1])
    return 0
