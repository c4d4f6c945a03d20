"""Holds a call to what it gave when it returned: its result, and the lists, dicts and sets that it was given.

`settled` makes the call and reports copies taken the moment it is over, so that what is filled in, changed or put back
afterwards (by a thread that nobody waited for, a timer, a finalizer) is not part of the answer. The live objects are
kept, and `changes` compares them with the copies when everything has been measured. So that the answer does not depend
on which thread was faster, the first threads that a call starts begin late: when it has returned, or when it waits.

What it can't see: threads begun by `_thread` itself begin at once, and a change later than the end of the run.
"""

from __future__ import annotations

import _thread
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NamedTuple

from course_lib import wire
from course_lib.hazards.attempt import attempt

LATE_THREADS = 8  # of a process
LOOK, STILL, MOST_LOOKS = 0.001, 4, 250  # seconds between two looks; so many alike, and the main thread waits
LINGER = 0.05  # seconds that threads which are still at work may take before the last look

CONTAINERS = (list, dict, set)


class Change(NamedTuple):
    """What went on changing, as it was when the call returned and as it was at the end."""

    what: str
    then: Any
    now: Any


_frozen, _alike, _attempt, _type, _ident = wire.frozen, wire.alike, attempt, type, threading.get_ident
_running, _clock, _sleep, _trace_threads = _thread._count, time.monotonic, time.sleep, threading.settrace
_frames, _open, _read, _close = sys._current_frames, os.open, os.read, os.close
_main = threading.main_thread().ident or 0
_held: list[Change] = []
_late_threads: list[bool] = []


def settled(function: Callable[..., Any], *args: Any, **keywords: Any) -> tuple[dict[str, Any], list[Any]]:
    """What the call did, as `attempt` tells it, and the containers among its arguments, all as they were at its end."""
    with _threads_begin_late():
        outcome = _attempt(function, *args, **keywords)
        if "returned" in outcome:
            outcome["returned"] = _hold("what it returned", outcome["returned"])
        given = [_hold("an argument", one) for one in args if _type(one) in CONTAINERS]
    return outcome, given


@contextmanager
def _threads_begin_late() -> Iterator[None]:
    """Within it, a thread waits before it runs: for the end, or until the main thread waits for something itself."""
    if _ident() != _main:  # calls side by side are in threads themselves
        yield
        return
    over: list[bool] = []  # no Event: a submission may have put something else in its place
    _trace_threads(_late(over))
    try:
        yield
    finally:
        _trace_threads(None)
        over.append(True)


def _hold(what: str, value: Any) -> Any:
    copy = _frozen(value)
    _held.append(Change(what, copy, value))
    return copy


def _late(over: list[bool]) -> Callable[..., None]:
    """A trace function, called when a thread begins to run: it waits, and is then done with."""
    late, unset, sleep, place_of_main, main_runs = _late_threads, sys.settrace, _sleep, _place_of_main, _main_runs

    def begin(_frame: FrameType, _event: str, _argument: object) -> None:
        unset(None)
        if len(late) >= LATE_THREADS:
            return
        late.append(True)
        place, still = None, 0
        for _ in range(MOST_LOOKS):
            now = place_of_main()
            place, still = now, still + 1 if now == place and not main_runs() else 0
            if over or still == STILL:
                return
            sleep(LOOK)

    return begin


def _place_of_main() -> tuple[int, int] | None:
    """The instruction that the main thread is at."""
    frame = _frames().get(_main)
    return None if frame is None else (id(frame), frame.f_lasti)


def _main_runs() -> bool:
    """Whether the main thread has, or wants, a processor; False where the system does not tell."""
    try:
        descriptor = _open("/proc/self/stat", os.O_RDONLY)
    except OSError:
        return False
    try:
        return bool(_read(descriptor, 512).rpartition(b")")[2].split()[0] == b"R")
    finally:
        _close(descriptor)


def changes() -> list[Change]:
    """Every result and argument that is not what it was when its call returned."""
    if not _held:
        return []
    _let_threads_end()
    looked = [Change(what, then, _frozen(value)) for what, then, value in _held]
    return [one for one in looked if not _alike(one.then, one.now)]


def _let_threads_end() -> None:
    """A moment for threads that may still be at work on a result; one that waits for nothing is not waited for long."""
    until = _clock() + LINGER
    while _running() and _clock() < until:
        _sleep(0.001)
