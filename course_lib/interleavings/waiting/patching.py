"""Puts the cooperative twins where code looks for the originals, and takes them away again.

`install()` leaves them in place for the life of the process (a judge's child, before the code under test is loaded);
`cooperating()` does it for the length of a `with` block. Threads that nobody controls notice nothing.
"""

from __future__ import annotations

import _thread
import functools
import math
import queue
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator
from concurrent import futures
from concurrent.futures import thread as pool
from contextlib import contextmanager
from typing import Any

from course_lib.interleavings.exploring.scheduler import here
from course_lib.interleavings.exploring.worker import Worker
from course_lib.interleavings.observing.identity import given_again, identity
from course_lib.interleavings.waiting.pools import ThreadPool
from course_lib.interleavings.waiting.primitives import Lock, RLock, SimpleQueue

_sleep, _start, _join, _is_alive = time.sleep, threading.Thread.start, threading.Thread.join, threading.Thread.is_alive
_current_thread, _main_thread = threading.current_thread, threading.main_thread
_ident, _Thread = _thread.get_ident, threading.Thread
_ticks: dict[str, Callable[[], float]] = {
    name: getattr(time, name) for name in ("time", "monotonic", "perf_counter", "time_ns", "monotonic_ns")
}
_NANO = 10**9
_GRAIN = {1: 1 / 64, _NANO: _NANO // 64}  # after how long a coarse clock moves on, as that of Windows does
_coarse: list[None] = []  # while it holds something, the clocks are


def sleep(seconds: float) -> None:
    """Anybody else may go first, for free; virtual time passes."""
    worker = here()
    if worker is None:
        return _sleep(seconds)
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    worker.lazy = True
    worker.run.pause(worker)
    worker.past.own_step("slept")
    worker.run.now += seconds
    if worker.run.recorder is not None:
        worker.run.recorder.plain_step(worker, "sleep", f"{seconds} s")


def _virtual(name: str) -> Callable[[], float]:
    """The twin of a clock. It holds no original: where the program holds the twin, that would be exchanged as well."""
    unit = _NANO if name.endswith("_ns") else 1
    may_be_coarse = name != "perf_counter"

    def clock() -> float:
        worker = here()
        if worker is None:
            now = _ticks[name]()
            return now - now % _GRAIN[unit] if _coarse and may_be_coarse else now
        worker.run.now += 0.01  # each look takes a moment, so that waiting for a deadline ends
        worker.watch.writes += 1
        now = worker.run.now
        return now if unit == 1 else int(now * unit)

    clock.__name__ = name
    return clock


_APART = 2**12 * 61 * math.lcm(*range(1, 32, 2))  # of as many as eight threads each fits into 63 bits


def get_ident() -> int:
    """As far apart as addresses are: whoever divides an identifier by a small number finds all threads alike."""
    worker = here()
    return _ident() if worker is None else _ident_of(worker)


def _ident_of(worker: Worker) -> int:
    return (1 + worker.index) * _APART


def current_thread() -> threading.Thread:
    worker = here()
    return _current_thread() if worker is None else _thread_of(worker)


def main_thread() -> threading.Thread:
    """The first of those that were given: a program's own thread calls what others call."""
    worker = here()
    return _main_thread() if worker is None else _thread_of(worker.run.workers[0])


def _thread_of(worker: Worker) -> threading.Thread:
    """The thread as the program sees it, made when it is first asked for."""
    if worker.thread is None:
        names = worker.run.names
        name = names[worker.index] if worker.index < len(names) else worker.name
        worker.thread = thread = _Thread(name=name, daemon=False)
        thread._ident = thread._native_id = _ident_of(worker)  # type: ignore[attr-defined]
        thread._started._flag = True  # type: ignore[attr-defined]
    return worker.thread


class _Finished:
    """What a joining thread waits for."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker

    def free_for(self, waiting: Worker) -> bool:
        return not self.worker.alive


_children: dict[int, Worker] = {}


def start(thread: threading.Thread) -> None:
    parent = here()
    if parent is None:
        return _start(thread)
    if id(thread) in _children and _children[id(thread)].thread is thread:
        raise RuntimeError("threads can only be started once")
    child = parent.run.add(thread.run)
    child.thread = thread
    child.past.after(parent.past)
    child.past.hash = hash((parent.past.hash, "child"))
    parent.past.own_step("start")
    parent.past.tick()
    _children[id(thread)] = child
    thread._interleaving = child.index  # type: ignore[attr-defined]
    thread._started._flag = True  # type: ignore[attr-defined]


def stable_hash(thread: threading.Thread) -> int:
    """A pool keeps its threads in a set; their order there must be the same in every run."""
    number: int = thread.__dict__.get("_interleaving", object.__hash__(thread))
    return number


def join(thread: threading.Thread, timeout: float | None = None) -> None:
    worker, child = here(), _children.get(id(thread))
    if worker is None or child is None or child.thread is not thread:
        return _join(thread, timeout)
    worker.wait.begin(_Finished(child), timeout)
    worker.run.pause(worker)
    if worker.wait.end():
        worker.past.own_step("join timed out")
        return
    worker.past.own_step("joined")
    worker.past.hash = hash((worker.past.hash, child.past.hash))
    worker.past.after(child.past)


def is_alive(thread: threading.Thread) -> bool:
    worker, child = here(), _children.get(id(thread))
    if worker is not None and any(one.thread is thread for one in worker.run.workers if one.is_main):
        return True  # who has ended has none any more
    if worker is None or child is None or child.thread is not thread:
        return _is_alive(thread)
    return child.alive


def forget_children() -> None:
    """After a run: the threads that it started are gone, and nobody needs to wait for them at exit."""
    for child in _children.values():
        if child.thread is not None:
            pool._threads_queues.pop(child.thread, None)  # type: ignore[attr-defined]
    _children.clear()


def _unless_aborting(log: Callable[..., None]) -> Callable[..., None]:
    """A pool's worker logs whatever ends it; the end of a run is nothing to report."""

    def critical(*arguments: Any, **keywords: Any) -> None:
        worker = here()
        if worker is None or not worker.run.aborting:
            log(*arguments, **keywords)

    return critical


def _places() -> list[tuple[Any, str, Any]]:
    """(where, name, twin) of everything that is replaced."""
    clocks = {name: _virtual(name) for name in _ticks}
    places: list[tuple[Any, str, Any]] = [
        (threading, "Lock", Lock),
        (threading, "RLock", RLock),
        (threading, "_allocate_lock", Lock),
        (threading, "_CRLock", RLock),
        (_thread, "allocate_lock", Lock),
        (_thread, "allocate", Lock),
        (_thread, "RLock", RLock),
        (functools, "RLock", RLock),
        (queue, "SimpleQueue", SimpleQueue),
        (threading, "current_thread", current_thread),
        (threading, "currentThread", current_thread),
        (threading, "main_thread", main_thread),
        (threading, "get_ident", get_ident),
        (_thread, "get_ident", get_ident),
        (time, "sleep", sleep),
        (_Thread, "start", start),
        (_Thread, "join", join),
        (_Thread, "is_alive", is_alive),
        (_Thread, "__hash__", stable_hash),
        (queue, "time", clocks["monotonic"]),
        (threading, "_time", clocks["monotonic"]),
        *((time, name, clock) for name, clock in clocks.items()),
    ]
    logger = pool._base.LOGGER  # type: ignore[attr-defined]
    vars(pool._base).setdefault("id", id)  # type: ignore[attr-defined]  # by which several futures are put in order
    places.append((pool._base, "id", identity))  # type: ignore[attr-defined]
    places += [(pool, "ThreadPoolExecutor", ThreadPool), (futures, "ThreadPoolExecutor", ThreadPool)]
    places += [(pool, "_global_shutdown_lock", Lock()), (logger, "critical", _unless_aborting(logger.critical))]
    return places + _places_between_processes()


def _places_between_processes() -> list[tuple[Any, str, Any]]:
    """Locks of `multiprocessing`: between threads they do what those of `threading` do."""
    package = sys.modules.get("multiprocessing")
    if package is None:
        return []
    names = ("Lock", "RLock", "Condition", "Semaphore", "BoundedSemaphore", "Event", "Barrier")
    base = package.context.BaseContext

    def twin(name: str) -> Callable[..., Any]:
        return lambda *arguments, **keywords: getattr(threading, name)(*arguments, **keywords)

    def method(name: str) -> Callable[..., Any]:
        return lambda context, *arguments, **keywords: getattr(threading, name)(*arguments, **keywords)

    return [(package, name, twin(name)) for name in names] + [(base, name, method(name)) for name in names]


@contextmanager
def counted_on_by_nobody() -> Iterator[None]:
    """Inside the block the clock stands still for a while, and what is gone leaves its `id` to the next thing.

    Both happen on some machine; so whatever takes a time or an `id` for a number that is given once does not hold.
    """
    _coarse.append(None)
    given_again.append(None)
    try:
        yield
    finally:
        _coarse.pop()
        given_again.pop()


installed: list[bool] = []  # whether the twins are in place
originals: dict[int, Any] = {}  # id of an original -> its twin, for names bound before the installation
_kept: dict[int, Any] = {}  # the originals themselves: one that died would leave its id to a function of the program


def install() -> Callable[[], None]:
    """Puts the twins in place; the returned call takes them away."""
    before = []
    installed.append(True)
    for place, name, twin in _places():
        if not hasattr(place, name):
            continue
        original = place.__dict__.get(name, getattr(place, name))
        if isinstance(place, types.ModuleType) and callable(original):
            originals[id(original)], _kept[id(original)] = twin, original
        before.append((place, name, original))
        setattr(place, name, twin)

    def remove() -> None:
        installed.pop()
        for place, name, original in reversed(before):
            setattr(place, name, original)

    return remove


@contextmanager
def cooperating() -> Iterator[None]:
    """The twins are in place inside the block."""
    if installed:
        yield
        return
    remove = install()
    try:
        yield
    finally:
        remove()
