"""The end of a submission's process and of everything that it started.

Measured: nothing; `reap` kills and waits. How: a process's session and its descendants by /proc; what its own
parent has left becomes a child of the caller, which has called `adopt_orphans`. What it can't see: without
/proc and without psutil, a process that has left its session.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Collection
from pathlib import Path

from course_lib.runner.confinement.libc import prctl

PR_SET_CHILD_SUBREAPER, PR_GET_CHILD_SUBREAPER = 36, 37
PATIENCE = 5.0  # seconds that a killed process may take to go


def adopt_orphans() -> bool:
    """Make this process the parent of what its descendants leave behind; False where that is unknown."""
    if not sys.platform.startswith("linux"):
        return False
    return prctl(PR_SET_CHILD_SUBREAPER, 1) == 0


def reap(pid: int, siblings: Collection[int] = ()) -> int:
    """End the child `pid` and all that comes from it; its status as `os.waitpid` gives it, -1 if it had no
    more.

    siblings: other children of this process, which are left alone. Every further child of it is taken for an
    orphan of `pid`, provided that `adopt_orphans` has been called.
    """
    status = _ended(pid)
    if status is None:
        _signal(pid, signal.SIGSTOP)  # hold it still, so that it starts nothing while its descendants are counted
        for descendant in [*_descendants(pid), pid]:
            _signal(descendant, signal.SIGKILL)
    _signal_group(pid)
    if status is None:
        status = _wait(pid)
    _sweep(pid, siblings)
    return status


def _ended(pid: int) -> int | None:
    try:
        done, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return -1
    return status if done else None


def _wait(pid: int) -> int:
    try:
        return os.waitpid(pid, 0)[1]
    except ChildProcessError:
        return -1


def _children(pid: int) -> list[int] | None:
    """Processes that `pid` is the parent of; None where the kernel keeps no list of them."""
    found: list[int] = []
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            found += map(int, Path(f"/proc/{pid}/task/{thread}/children").read_text().split())
    except OSError:
        return None
    return found


def _sweep(leader: int, siblings: Collection[int]) -> None:
    """Kill and wait for orphans until there are none."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if _adopts_orphans() and (ours := _children(os.getpid())) is not None and not {*ours} - {*siblings}:
            return  # whatever `leader` left behind would be a child of this process by now
        table = _processes()
        strays = [pid for pid, (_parent, session) in table.items() if session == leader]
        if _adopts_orphans():
            strays += [pid for pid, (parent, _session) in table.items() if parent == os.getpid()]
        strays = [pid for pid in dict.fromkeys(strays) if pid not in siblings]
        if not strays:
            return
        for stray in strays:
            for process in [*_descendants(stray, table), stray]:
                _signal(process, signal.SIGKILL)
            _ended(stray)
        time.sleep(0.002)


def _adopts_orphans() -> bool:
    if not sys.platform.startswith("linux"):
        return False
    answer = ctypes.c_int(0)
    prctl(PR_GET_CHILD_SUBREAPER, ctypes.addressof(answer))
    return bool(answer.value)


def _descendants(pid: int, table: dict[int, tuple[int, int]] | None = None) -> list[int]:
    """Processes below `pid`, nearest first."""
    if table is None and _children(pid) == []:
        return []
    table = _processes() if table is None else table
    found, level = [], [pid]
    while level:
        level = [child for child, (parent, _session) in table.items() if parent in level]
        found += level
    return found


def _processes() -> dict[int, tuple[int, int]]:
    """(parent, session) of every live process by process id; empty where nothing can tell."""
    try:
        names = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return _processes_by_psutil()
    table = {}
    for pid in names:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        table[pid] = (int(fields[1]), int(fields[3]))
    return table


def _processes_by_psutil() -> dict[int, tuple[int, int]]:
    try:
        import psutil  # absent from some installations, and needed only without /proc
    except ImportError:
        return {}
    return {process.pid: (process.info["ppid"] or 0, 0) for process in psutil.process_iter(["ppid"])}


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except OSError:
        pass


def _signal_group(pid: int) -> None:
    """Kill the group that `pid` leads, if it is not the caller's own."""
    try:
        if pid != os.getpgrp():
            os.killpg(pid, signal.SIGKILL)
    except OSError:
        pass
