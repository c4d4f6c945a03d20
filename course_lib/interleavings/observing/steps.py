"""A step on shared places: announced to the run, then done as a whole, and recorded where somebody records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course_lib.interleavings.exploring.order import Touched
from course_lib.interleavings.exploring.worker import Worker
from course_lib.interleavings.observing.places import CONTAINERS

NOTHING = object()


def _container_of(run: Any, touched: Touched) -> Any:
    key: Any = touched[0][0]
    return run.objects.thing(key[0])


def told(
    worker: Worker,
    touched: Touched,
    site: Any,
    kind: str,
    act: Callable[[], Any],
    shown: Any = NOTHING,
    touch: Callable[[], Touched] | None = None,
) -> Any:
    """Announces a step, does it, and gives its result. `shown` is the new value where the result isn't.

    `touch` tells anew what is touched, where that depends on what others did before it was this thread's turn.
    """
    run = worker.run
    touched = run.access(worker, touched, touch)
    before, outer = worker.past.undo, (worker.inside, worker.called_back)
    worker.inside, worker.called_back = touched, False
    try:
        if run.recorder is None:
            return act()
        return run.recorder.data_step(worker, touched, site, kind, act, shown)
    except LookupError:
        if worker.past.undo is before and issubclass(type(_container_of(run, touched)), CONTAINERS):
            run.take_back(worker)
        raise
    finally:
        if worker.called_back:
            run.order.step(worker.past, touched)  # what C code did after the last call back
        worker.inside, worker.called_back = outer
