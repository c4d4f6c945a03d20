"""A pool with a thread for each task that may run at once: what `ThreadPoolExecutor` is while a program is explored.

The library's pool keeps idle threads and hands them tasks through a queue, under two locks and a semaphore: steps of
its own that multiply the schedules of the simplest program beyond any budget. Here a task begins on a thread of its own
as long as fewer than `max_workers` run, and else on the thread that has ended one, in the order of submission. Futures
are the library's. What differs: a thread that has nothing to do ends, so that a task never finds what an earlier one
left in a `threading.local` after a pause; a pool with an `initializer` is the library's own.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, _base
from typing import Any

from course_lib.interleavings.exploring.scheduler import here
from course_lib.interleavings.exploring.worker import Abort, Worker
from course_lib.interleavings.observing import places
from course_lib.interleavings.observing.identity import identity

Task = tuple["Future[Any]", Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class Submitted(Future[Any]):
    """The library's future, which has the same place in a set in every run.

    That it begins takes no lock: only who cancels it, or asks whether it runs, can tell. Where somebody does so and
    nothing orders the two, either may come first; where nobody does, there is nothing to be tried.
    """

    def __init__(self) -> None:
        super().__init__()
        self._ended: tuple[int, int] | None = None  # the step of a thread after which it has
        identity(self)  # in the order of submission

    def __hash__(self) -> int:
        return identity(self) // 16

    def set_running_or_notify_cancel(self) -> bool:
        _touch(self, write=True)
        if self._state != _base.PENDING:
            return super().set_running_or_notify_cancel()
        self._state = _base.RUNNING
        return True

    def running(self) -> bool:
        with self._condition:
            _touch(self, write=False)
            return self._state == _base.RUNNING

    def set_result(self, result: Any) -> None:
        super().set_result(result)
        self._note_end()

    def set_exception(self, exception: BaseException | None) -> None:
        super().set_exception(exception)
        self._note_end()

    def _note_end(self) -> None:
        worker = here()
        if worker is not None:
            self._ended = worker.past.index, worker.past.clock[worker.past.index] - 1

    def _has_ended_for(self, worker: Worker | None) -> bool:
        """Whether all that this thread has seen comes after the end, so that nothing can come between."""
        return (
            worker is not None
            and self._ended is not None
            and worker.past.clock.get(self._ended[0], 0) >= self._ended[1]
        )

    def cancel(self) -> bool:
        if self._has_ended_for(here()):
            return False  # what `map` does with every future of which it has the result
        with self._condition:
            _touch(self, write=True)
            if self._state != _base.PENDING:
                return self._state not in (_base.RUNNING, _base.FINISHED)
            self._state = _base.CANCELLED
            self._condition.notify_all()
        self._invoke_callbacks()  # type: ignore[attr-defined]  # the library's own
        return True


def _touch(thing: Any, write: bool) -> None:
    """A step on something that the explored program shares."""
    worker = here()
    if worker is not None:
        worker.run.access(worker, [places.structure(worker.run, thing, write)])


class ThreadPool(ThreadPoolExecutor):
    """For threads that the explorer controls; where the first task comes from another, the library's own."""

    def __init__(self, max_workers: int | None = None, *arguments: Any, **keywords: Any) -> None:
        super().__init__(max_workers, *arguments, **keywords)
        self._explored: bool | None = None  # until the first task comes
        self._waiting: deque[Task] = deque()
        self._begun: list[threading.Thread] = []
        self._busy = 0

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **keywords: Any) -> Future[Any]:
        if self._explored is None:
            self._explored = here() is not None and self._initializer is None
        if not self._explored:
            return super().submit(function, *arguments, **keywords)
        if self._shutdown:
            raise RuntimeError("cannot schedule new futures after shutdown")
        future = Submitted()
        self._admit((future, function, arguments, keywords))
        return future

    def _admit(self, task: Task) -> None:
        if self._busy >= self._max_workers:
            _touch(self, write=True)  # whether a thread is free now depends on who went first
        if self._busy >= self._max_workers:
            self._waiting.append(task)
            return
        self._busy += 1
        thread = threading.Thread(target=self._serve, args=(task,))
        self._begun.append(thread)
        thread.start()

    def _serve(self, task: Task | None) -> None:
        while task is not None:
            _run(*task)
            _touch(self, write=bool(self._waiting))
            task = self._waiting.popleft() if self._waiting else None
        self._busy -= 1

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if not self._explored:
            return super().shutdown(wait, cancel_futures=cancel_futures)
        self._shutdown = True
        if cancel_futures:
            _touch(self, write=True)
            while self._waiting:
                self._waiting.popleft()[0].cancel()
        if wait:
            for thread in self._begun:
                thread.join()


def _run(
    future: Future[Any], function: Callable[..., Any], arguments: tuple[Any, ...], keywords: dict[str, Any]
) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = function(*arguments, **keywords)
    except Abort:
        raise
    except BaseException as error:
        future.set_exception(error)
    else:
        future.set_result(result)
