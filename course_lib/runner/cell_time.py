"""How long a cell of a notebook may take, so that one which does not come back costs the verdict its name alone.

A cell is interrupted when it has burnt its seconds of processor time, or has stood still for as many; what it defined
until then stays defined. Each slow cell leaves the next half as long, so that all of them together cost a bounded time.
What it can't interrupt: C code that runs for ever, and a cell that catches everything; those the judge leaves out.
"""

from __future__ import annotations

import _thread
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

FIRST, LEAST, TICK = 2.0, 0.25, 0.05  # seconds


class TooSlow(BaseException):
    """The cell did not come back; the message says within what."""


Ring = Callable[[int, FrameType | None], None]

_clock, _burnt = time.monotonic, time.process_time


class CellTime:
    """The time that is left to the cells of one submission."""

    def __init__(self) -> None:
        self._slow = 0

    @contextmanager
    def limited(self, interrupted: bool) -> Iterator[None]:
        """Raises TooSlow within; a cell whose reader interrupted it gets the least time at once."""
        seconds = LEAST if interrupted else max(LEAST, FIRST / 2**self._slow)
        ring = _ringing(seconds)
        with _by_alarm(ring, seconds) if hasattr(signal, "setitimer") else _by_thread(ring, seconds):
            try:
                yield
            except TooSlow:
                self._slow += 1
                raise


@contextmanager
def _by_alarm(ring: Ring, seconds: float) -> Iterator[None]:
    """The system rings."""
    previous = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, TICK)  # a cell that comes back is never disturbed
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if signal.getsignal(signal.SIGALRM) is ring:  # else the cell has set a handler of its own
            signal.signal(signal.SIGALRM, previous)


@contextmanager
def _by_thread(ring: Ring, seconds: float) -> Iterator[None]:
    """Where there is no alarm, a thread rings, as a Ctrl-C would; what sleeps is met when it wakes."""
    previous = signal.signal(signal.SIGINT, ring)
    over = threading.Event()

    def wait() -> None:
        pause = seconds
        while not over.wait(pause):
            _thread.interrupt_main()
            pause = TICK

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    try:
        yield
    finally:
        over.set()
        waiting.join()
        if signal.getsignal(signal.SIGINT) is ring:
            signal.signal(signal.SIGINT, previous)


def _ringing(seconds: float) -> Ring:
    begun, burnt, queued = _clock(), _burnt(), _queued()

    def ring(_number: int, _frame: FrameType | None) -> None:
        used = _burnt() - burnt
        still = _clock() - begun - used
        if used >= seconds or (still >= seconds and still - (_queued() - queued) >= seconds):
            raise TooSlow(f"did not come back within {seconds:g} seconds")

    return ring


def _queued() -> float:
    """Seconds that this process wanted the processor and did not get it; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0
