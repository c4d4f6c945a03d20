"""How long the judge waits for a run, by what the run had of the processor and wanted more.

A run counts as hanging when it has burnt its seconds of processor time, has stood still for as many seconds of the
clock, or has neither ended nor been kept waiting for long: it polls. A run whose threads want a processor and get none,
or which waits for the judge to take what it prints, is given as much more time, up to `PATIENCE` times the longest, and
is `unmeasured` in the end, never wrong.

Linux tells of each thread whether it wants the processor. Elsewhere the machine is asked how long its processors stood
idle: what ran little while one was free did not want to run. What that can't see: a process that is held to a share of
a machine, which may be kept waiting while another's processor is idle.
"""

from __future__ import annotations

import contextlib
import os
import time
from typing import NamedTuple

PATIENCE = 3
HANGS = "the code did not come back: it loops or waits for ever"
LINUX_TELLS = os.path.isdir("/proc/self/task")
LEAST_USED = 0.01  # processor seconds
TELLS_AFTER = 0.05  # seconds: the machine counts its idle time in hundredths
FREE = 0.5  # of a processor: where that much of one stood idle, nobody was kept waiting for it


class Patience(NamedTuple):
    """Seconds that may be burnt, or stood still; and the longest that a run may take on a machine of its own."""

    seconds: float
    longest: float


class Watch:
    """Tells a hang from a busy machine by the processor time the child has had, and by how often it wanted more."""

    def __init__(self, pid: int, patience: Patience) -> None:
        self.patience, self._begun = patience, time.monotonic()
        self._processor = processor_of(pid)
        self._moved = self._looked = self._begun
        self._loaded = False
        self._used = self._wanted = 0.0
        self._worked = time.thread_time()
        self._used_before = self._processor.look()[0]

    def heard(self, after_loading: Patience | None) -> None:
        """The child has got on: to its next cell, or, once, from loading to measuring."""
        if self._loaded:
            return
        self._moved, self._used = time.monotonic(), 0.0
        self._used_before = self._processor.look()[0]
        if after_loading is not None:
            self._loaded, self.patience, self._begun = True, after_loading, self._moved
            self._looked, self._wanted = self._begun, 0.0

    def verdict(self, kept_waiting: bool = False) -> tuple[str, str] | None:
        """("hang" | "starved", sentence), or None while it may go on; `kept_waiting`: the judge, too, let it wait."""
        now, seconds = time.monotonic(), self.patience.seconds
        used, wants = self._processor.look()
        used -= self._used_before
        self._wanted += self._waited(now, wants, kept_waiting)
        self._looked = now
        if now - self._begun < min(seconds, 1.0):
            return None
        if wants or kept_waiting or used > self._used + LEAST_USED:
            self._moved, self._used = now, used
        if used >= seconds or now - self._moved >= seconds:
            return "hang", HANGS
        return self._taken_too_long(now - self._begun, used)

    def _waited(self, now: float, wants: bool, kept_waiting: bool) -> float:
        """How long since the last look the child had no choice; the judge's own work on what it prints is no wait."""
        since, worked = now - self._looked, time.thread_time() - self._worked
        self._worked += worked
        return since if wants else max(0.0, since - worked) if kept_waiting else 0.0

    def _taken_too_long(self, elapsed: float, used: float) -> tuple[str, str] | None:
        """The clock stands while the child is kept waiting."""
        if elapsed < self.patience.longest:
            return None
        if elapsed - max(0.0, self._wanted - used) >= self.patience.longest:
            return "hang", HANGS
        if elapsed < PATIENCE * self.patience.longest:
            return None
        return "starved", "the machine was too busy to tell"


class LinuxProcessor:
    """What a process had of the processor, and whether a thread of it wants it now, as Linux tells."""

    def __init__(self, pid: int) -> None:
        self._folder = f"/proc/{pid}"

    def look(self) -> tuple[float, bool]:
        """Processor seconds used, and whether it wants more; nothing of either when it has ended."""
        try:
            fields = state(self._folder)
            used = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            return used, any(_wants_processor(f"{self._folder}/task/{one}") for one in self._threads())
        except (OSError, IndexError, ValueError):
            return 0.0, False

    def _threads(self) -> list[str]:
        return os.listdir(f"{self._folder}/task")


def _wants_processor(thread: str) -> bool:
    try:
        return state(thread)[0] in "RD"
    except (OSError, IndexError):  # it has ended since
        return False


def state(folder: str) -> list[str]:
    """What the system tells of a process, or of a thread, from its state on."""
    with open(f"{folder}/stat", encoding="ascii", errors="replace") as file:
        return file.read().rpartition(")")[2].split()


class AnyProcessor:
    """The same by psutil, from what the process used and what the machine had to spare between two looks."""

    def __init__(self, pid: int) -> None:
        import psutil  # a good part of a command's start, which Linux does without

        self._psutil = psutil
        self._process: psutil.Process | None = None
        with contextlib.suppress(psutil.Error):
            self._process = psutil.Process(pid)
        self._looked, self._idle, self._used = time.monotonic(), self._idle_seconds(), self._used_seconds()
        self._wants = False

    def look(self) -> tuple[float, bool]:
        """As `LinuxProcessor.look`."""
        now, used = time.monotonic(), self._used_seconds()
        passed = now - self._looked
        if passed >= TELLS_AFTER:
            idle = self._idle_seconds()
            self._wants = used - self._used < passed and idle - self._idle < FREE * passed
            self._looked, self._idle, self._used = now, idle, used
        return used, self._wants

    def _idle_seconds(self) -> float:
        return float(self._psutil.cpu_times().idle)

    def _used_seconds(self) -> float:
        try:
            return sum(self._process.cpu_times()[:2]) if self._process else 0.0
        except self._psutil.Error:
            return self._used


def processor_of(pid: int) -> LinuxProcessor | AnyProcessor:
    """Whichever the system allows."""
    return LinuxProcessor(pid) if LINUX_TELLS else AnyProcessor(pid)
