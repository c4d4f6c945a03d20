"""Holds a call to what it gave when it returned: its result, and the lists, dicts and sets that it was given.

`settled` makes the call and reports copies taken the moment it is over, so that what is filled in, changed or put back
afterwards (by a thread that nobody waited for, a timer, a finalizer) is not part of the answer. The live objects are
kept, and `changes` compares them with the copies when everything has been measured. So that the answer does not depend
on which thread was faster, the first threads that a call starts begin late: when it has returned, or when the main
thread waits, which shows in its place and in its processor time. Where the main thread polls instead, that is waited
out once, and no thread of the process begins late any more.

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
from typing import Any, NamedTuple, TypeVar

from course_lib import wire
from course_lib.hazards.attempt import attempt

LATE_THREADS = 8  # of a process
LOOK, STILL = 0.001, 8  # seconds between two looks; so many alike, and the main thread waits: for more than the GIL
MOST_LOOKS, MOST_WORK = 250, 0.25  # looks at a main thread that does not run, its own seconds of work: then it polls
QUIET, MOST_WORK_BETWEEN = 4, 1.0  # looks alike at threads that stay; seconds that late ones may work in a process
LINGER = 0.05  # seconds that threads which are still at work may take before the last look

_Seen = TypeVar("_Seen")
CONTAINERS = (list, dict, set)


class _Place(NamedTuple):
    """Where the main thread is, and what it has worked until now: alike twice where it has not got on."""

    frame: int
    instruction: int
    worked: float


class Change(NamedTuple):
    """What went on changing, as it was when the call returned and as it was at the end."""

    what: str
    then: Any
    now: Any


_frozen, _alike, _attempt, _type, _ident = wire.frozen, wire.alike, attempt, type, threading.get_ident
_running, _clock, _sleep, _trace_threads = _thread._count, time.monotonic, time.sleep, threading.settrace
_frames, _open, _read, _close = sys._current_frames, os.open, os.read, os.close
_listdir, _getpid, _process_time = os.listdir, os.getpid, time.process_time
_clock_of: Callable[[int], int] | None = getattr(time, "pthread_getcpuclockid", None)  # Linux has it
_tell_clock = getattr(time, "clock_gettime", None)
_main = threading.main_thread().ident or 0
_held: list[Change] = []
_late_threads: list[bool] = []
_looks_between = [True] * MOST_LOOKS
_worked_between = [0.0]
_waits_at: list[_Place] = []  # the last place that the main thread was seen waiting at


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
    if _ident() != _main or len(_late_threads) >= LATE_THREADS:  # calls side by side are in threads themselves
        yield
        return
    over: list[bool] = []  # no Event: a submission may have put something else in its place
    _trace_threads(_late(over, None if _clock_of is None else _clock_of(_main)))
    try:
        yield
    finally:
        _trace_threads(None)
        over.append(True)


def as_it_is(value: Any) -> Any:
    """A copy of plain data as it is at this moment; what becomes of the value later is not looked at."""
    return _frozen(value)


def _hold(what: str, value: Any) -> Any:
    copy = _frozen(value)
    _held.append(Change(what, copy, value))
    return copy


def _late(over: list[bool], clock: int | None) -> Callable[..., None]:
    """A trace function, called when a thread begins to run: it waits, and is then done with."""
    late, unset, no_more, wait = _late_threads, sys.settrace, _trace_threads, _wait_for_main

    def begin(_frame: FrameType, _event: str, _argument: object) -> None:
        unset(None)
        if len(late) >= LATE_THREADS:
            no_more(None)  # tracing costs, most of all from Python 3.12 on
            return
        late.append(True)
        if not wait(over, clock):
            late.extend([True] * LATE_THREADS)

    return begin


def _wait_for_main(over: list[bool], clock: int | None) -> bool:
    """Until the call is over or the main thread waits; False where it does neither, for long."""
    begun = last = _place_of_main(clock)
    looks = still = 0
    while not over and looks < MOST_LOOKS and last.worked - begun.worked < MOST_WORK:
        now, runs = _place_of_main(clock), _main_runs()
        looks, still = (looks, 0) if runs else (looks + 1, still + 1 if now == last else 0)
        if still == STILL or (not runs and now in _waits_at):  # it waits since another thread looked
            _waits_at[:] = [now] if clock is not None else []
            return True
        last = now
        _sleep(LOOK)
    return bool(over)


def _place_of_main(clock: int | None) -> _Place:
    """Where the main thread is now; of its work nothing where the system does not tell."""
    frame = _frames().get(_main)
    worked = 0.0 if clock is None or _tell_clock is None else _tell_clock(clock)
    return _Place(id(frame), -1 if frame is None else frame.f_lasti, worked)


def _main_runs() -> bool:
    """Whether the main thread has or wants a processor, or waits for its memory; False where the system is silent."""
    return _runs("/proc/self/stat")


def _runs(stat: str) -> bool:
    """What the system tells of one thread, by the name of its file; False where it tells nothing."""
    try:
        descriptor = _open(stat, os.O_RDONLY)
    except OSError:
        return False
    try:
        return bool(_read(descriptor, 512).rpartition(b")")[2].split()[0] in b"RD")
    except (OSError, IndexError):  # the thread has ended since
        return False
    finally:
        _close(descriptor)


def _main_task() -> str:
    """The number of the main thread, which is that of the process."""
    return str(_getpid())


def running_threads() -> int:
    """How many there are besides the main thread."""
    return _running()


def changes() -> list[Change]:
    """Every result and argument that is not what it was when its call returned."""
    if not _held:
        return []
    _let_threads_end()
    looked = [Change(what, then, _frozen(value)) for what, then, value in _held]
    return [one for one in looked if not _alike(one.then, one.now)]


def let_threads_end() -> None:
    """Between two cases: what a thread that nobody waited for still does is not laid to the next one, nor to a control.

    Threads that stay, such as those of a pool that is kept, use up the looks of the process once; from then on it is
    enough that they stand still. One that works on is waited for while it does, for so much work in a process.
    """
    looks, still, before = 0, 0, None
    begun = _process_time()
    while running_threads() and (_looks_between or (still < QUIET and looks < 5 * QUIET)):
        now, runs = _places_of_others(), _others_run()
        if runs and _worked_between[0] + _process_time() - begun > MOST_WORK_BETWEEN:
            break
        looks, still, before = looks + (not runs), still + 1 if now == before and not runs else 0, now
        if _looks_between and not runs:
            _looks_between.pop()
        _sleep(2 * LOOK)
    _worked_between[0] += _process_time() - begun


def _places_of_others() -> dict[int, tuple[int, int]]:
    """Where each other thread is."""
    me = _ident()
    return {ident: (id(frame), frame.f_lasti) for ident, frame in _frames().items() if ident != me}


def _others_run() -> bool:
    """Whether another thread has or wants a processor, or waits for its memory; False where the system is silent."""
    try:
        return any(_runs(f"/proc/self/task/{one}/stat") for one in _listdir("/proc/self/task") if one != _main_task())
    except OSError:
        return False


def once_threads_have_ended(look: Callable[[], _Seen], fine: Callable[[_Seen], bool], threads: int) -> _Seen:
    """What a look gives, again while that is not fine and there are more threads than before: one that has done its
    work, and holds what it worked on, may need a moment to end."""
    for _ in range(MOST_LOOKS):
        ended = running_threads() <= threads
        seen = look()
        if ended or fine(seen):
            return seen
        _sleep(2 * LOOK)
    return look()


def _let_threads_end() -> None:
    """A moment for threads that may still be at work on a result; one that waits for nothing is not waited for long."""
    until = _clock() + LINGER
    while running_threads() and _clock() < until:
        _sleep(0.001)
