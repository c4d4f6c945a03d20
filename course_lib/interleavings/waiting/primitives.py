"""Cooperative twins of what the standard library gives to make threads wait for each other.

`Lock`, `RLock` and `SimpleQueue`; sleeping, the clocks and the life of threads are in `patching`. Everything else that
waits (`Condition`, `Semaphore`, `Event`, `Barrier`, `Queue`, thread pools) is Python code of the standard library and
runs unchanged on these. On a thread that no explorer controls each of them behaves as the original does.
"""

from __future__ import annotations

import _thread
import sys
import threading
from collections import deque
from pathlib import Path
from typing import Any

from course_lib.interleavings.exploring.order import Place
from course_lib.interleavings.exploring.scheduler import Run, here
from course_lib.interleavings.exploring.worker import Abort, Worker
from course_lib.interleavings.observing.identity import identity
from course_lib.interleavings.observing.places import label_of
from course_lib.interleavings.rewriting.registry import is_of_the_program

_OWN = str(Path(__file__).parents[1])
_real_lock = _thread.allocate_lock
_real_rlock = _thread.RLock


def _place(run: Run, thing: Any) -> Place:
    return run.order.place((run.objects.number(thing), "lock"), lambda: (label_of(run, thing), "lock"))


def _step(worker: Worker, thing: Any, kind: str, write: bool = True) -> None:
    """A step on a lock that just happened: its order, its traces, and whom it wakes."""
    run, place = worker.run, _place(worker.run, thing)
    note_user(run, place, worker)
    if kind in ("try_failed", "timeout"):
        run.order.met_held(worker.past, place)
    else:
        run.order.event(worker.past, place, write)
    key = (run.objects.number(thing), "lock")
    worker.watch.read.append(key)
    if write:
        run.wake_spinners(worker, key)
    if run.recorder is not None:
        run.recorder.lock_step(worker, thing, kind)


def _asked_by_the_program() -> bool:
    """Whether rewritten code itself took or let go of the lock, and not the library on its behalf."""
    frame: Any = sys._getframe(2)
    while frame is not None and frame.f_code.co_filename.startswith(_OWN):  # by its hook, where it calls `acquire`
        frame = frame.f_back
    return frame is not None and is_of_the_program(frame.f_code)


class Lock:
    """A lock whose waiting is the scheduler's business."""

    def __init__(self) -> None:
        self._outside: Any = _real_lock()  # holds the lock for threads that nobody controls
        self._holder: Worker | None = None
        self._depth = 0
        self._before: tuple[int, int, int] | None = None
        if here() is not None:
            identity(self)  # in the order of making

    def __hash__(self) -> int:
        return identity(self) // 16  # a set of locks has the same order in every run

    def free_for(self, worker: Worker) -> bool:
        if self._holder is not None and self._holder.run is not worker.run:
            self._holder, self._depth = None, 0
        return self._holder is None and not self._outside.locked()

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        worker = here()
        if worker is None:
            return self._acquire_outside(blocking, timeout)
        if worker.run.aborting:
            raise Abort
        if not blocking and timeout != -1:
            raise ValueError("can't specify a timeout for a non-blocking call")
        return self._acquire_here(worker, blocking, timeout)

    def _acquire_here(self, worker: Worker, blocking: bool, timeout: float) -> bool:
        run, place = worker.run, _place(worker.run, self)
        waits = blocking and timeout != 0
        if not waits or timeout > 0:
            note_tries(run, place)
        if waits:
            worker.wait.begin(self, timeout if timeout > 0 else None)
        if place.is_point or (waits and not self.free_for(worker)):
            if run.recorder is not None:
                run.recorder.arrive(worker, self, waits and not self.free_for(worker))
            note_user(run, place, worker)
            run.pause(worker)
        timed_out = worker.wait.end()
        if not self.free_for(worker):
            _step(worker, self, "timeout" if timed_out else "try_failed", write=False)
            return False
        self._holder, self._depth = worker, 1
        self._before = (worker.watch.writes, place.last_write, place.last_reads) if _asked_by_the_program() else None
        worker.held.append(self)
        _step(worker, self, "acquire")
        return True

    def _acquire_outside(self, blocking: bool, timeout: float) -> bool:
        if blocking and timeout == -1 and self._outside.locked() and threading.active_count() == 1:
            raise RuntimeError("a lock is taken a second time by the only thread: nobody can release it")
        return bool(self._outside.acquire(blocking, timeout))

    def release(self) -> None:
        worker = here()
        if worker is None or self._outside.locked():
            self._outside.release()
            return
        if worker.run.aborting:
            self._holder, self._depth = None, 0
            return
        if self._holder is None or self._holder.run is not worker.run:
            raise RuntimeError("release unlocked lock")
        self._check_owner(worker)
        if self._depth > 1:
            self._depth -= 1
            return
        self._release_here(worker)

    def _check_owner(self, worker: Worker) -> None:
        """Any thread may release a plain lock."""

    def _release_here(self, worker: Worker) -> None:
        run, place = worker.run, _place(worker.run, self)
        if (place.label, "tried") in run.order.points:
            run.pause(worker)
        holder = self._holder
        if holder is not None and self in holder.held:
            holder.held.remove(self)
        self._holder, self._depth = None, 0
        _step(worker, self, "release")
        before, self._before = self._before, None
        if before is not None and before[0] == worker.watch.writes and holder is worker and _asked_by_the_program():
            _, place.last_write, place.last_reads = before  # nothing was changed under the lock: nobody can tell
        run.pause_before_deaths(worker, "let go")

    def locked(self) -> bool:
        worker = here()
        if worker is None:
            return bool(self._outside.locked())
        place = _place(worker.run, self)
        note_tries(worker.run, place)
        if place.is_point:
            worker.run.pause(worker)
        _step(worker, self, "read", write=False)
        return not self.free_for(worker)

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *details: object) -> None:
        self.release()

    # what Condition asks of a lock; the answers of the original without its trial acquisition
    def _is_owned(self) -> bool:
        worker = here()
        return self._outside.locked() if worker is None else not self.free_for(worker)

    def _release_save(self) -> int:
        depth, self._depth = self._depth, min(self._depth, 1)
        self.release()
        return depth

    def _acquire_restore(self, depth: int) -> None:
        self.acquire()
        self._depth = depth

    def _at_fork_reinit(self) -> None:
        self.__init__()  # type: ignore[misc]


def note_user(run: Run, place: Place, worker: Worker) -> None:
    """A lock that two threads use, or only want to use, is a point."""
    place.seen_by.add(worker.index)
    if len(place.seen_by) > 1 and not place.is_point:
        run.order.found.add(place.label)


def note_tries(run: Run, place: Place) -> None:
    """Somebody looks whether this lock is held, so the moment of its release matters."""
    mark = (place.label, "tried")
    if mark not in run.order.points:
        run.order.found.add(mark)


class RLock(Lock):
    """A lock that its holder may take again."""

    def __init__(self) -> None:
        super().__init__()
        self._outside = _real_rlock()
        self._outside_depth = 0

    def free_for(self, worker: Worker) -> bool:
        if self._holder is not None and self._holder.run is not worker.run:
            self._holder, self._depth = None, 0
        return self._holder is None and not self._outside_depth

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        worker = here()
        if worker is not None and self._holder is worker:
            self._depth += 1
            return True
        return super().acquire(blocking, timeout)

    def _acquire_outside(self, blocking: bool, timeout: float) -> bool:
        taken = self._outside.acquire(blocking, timeout)
        self._outside_depth += taken
        return bool(taken)

    def release(self) -> None:
        worker = here()
        if worker is None or (self._holder is None and self._outside_depth):
            self._outside.release()
            self._outside_depth -= 1
            return
        if worker.run.aborting:
            self._holder, self._depth = None, 0
            return
        self._check_owner(worker)
        if self._depth > 1:
            self._depth -= 1
            return
        self._release_here(worker)

    def _check_owner(self, worker: Worker) -> None:
        if self._holder is not worker:
            raise RuntimeError("cannot release un-acquired lock")

    def _is_owned(self) -> bool:
        worker = here()
        return self._outside._is_owned() if worker is None else self._holder is worker

    def _recursion_count(self) -> int:
        worker = here()
        return (self._outside_depth if worker is None else self._depth) if self._is_owned() else 0

    def _release_save(self) -> Any:
        if here() is None:
            self._outside_depth = 0
            return self._outside._release_save()
        return super()._release_save()

    def _acquire_restore(self, depth: Any) -> None:
        if here() is None:
            self._outside._acquire_restore(depth)
            self._outside_depth = 1
        else:
            super()._acquire_restore(depth)


class SimpleQueue:
    """An unbounded queue; taking from an empty one waits."""

    def __init__(self) -> None:
        self._items: deque[Any] = deque()
        self._ready = threading.Semaphore(0)

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        worker = here()
        if worker is not None and worker.run.aborting:
            return  # called by a finalizer while the run is being cleared away
        self._items.append(item)
        self._ready.release()

    def put_nowait(self, item: Any) -> None:
        self.put(item)

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        if not self._ready.acquire(block, timeout if block else None):
            import queue

            raise queue.Empty
        return self._items.popleft()

    def get_nowait(self) -> Any:
        return self.get(block=False)

    def empty(self) -> bool:
        return not self.qsize()

    def qsize(self) -> int:
        with self._ready._cond:  # type: ignore[attr-defined]
            return len(self._items)
