"""Lets a year go by between two calls: what a program forgets after minutes, it has forgotten then.

The functions of `time` are replaced for good, before any code of the submission can take one of them, by objects that
add what `go_by` has let pass; nothing waits, and no verdict depends on how fast the machine is. What it can't see: a
program that reads the clock with `datetime`, and one that waits in a thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

A_YEAR = 366 * 24 * 3600
_CLOCKS = ["time", "monotonic", "perf_counter"]
_passed = [0]  # seconds


class _Clock:
    """As callable as the built-in function that it stands for, and as little bound where a class holds it."""

    __slots__ = ("_read", "_unit")

    def __init__(self, read: Callable[[], float], unit: int) -> None:
        self._read, self._unit = read, unit

    def __call__(self) -> float:
        return self._read() + _passed[0] * self._unit


def replace_clocks() -> None:
    """From now on, the clocks of `time` are told what has gone by."""
    for name in _CLOCKS:
        setattr(time, name, _Clock(getattr(time, name), 1))
        setattr(time, f"{name}_ns", _Clock(getattr(time, f"{name}_ns"), 10**9))


@contextmanager
def going_by() -> Iterator[Callable[[], None]]:
    """A function that lets a year go by; at the end it is now again."""

    def go_by() -> None:
        _passed[0] += A_YEAR

    try:
        yield go_by
    finally:
        _passed[0] = 0
