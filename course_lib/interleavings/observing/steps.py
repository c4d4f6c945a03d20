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
    return run.objects.kept.get(key[0])


def told(worker: Worker, touched: Touched, site: Any, kind: str, act: Callable[[], Any], shown: Any = NOTHING) -> Any:
    """Announces a step, does it, and gives its result. `shown` is the new value where the result isn't."""
    run = worker.run
    run.access(worker, touched)
    before = worker.past.undo
    try:
        if run.recorder is None:
            return act()
        return run.recorder.data_step(worker, touched, site, kind, act, shown)
    except LookupError:
        if worker.past.undo is before and issubclass(type(_container_of(run, touched)), CONTAINERS):
            run.take_back(worker)
        raise
