"""Whether the code that an instrument was given ran at all: nothing measured must never read as all is well.

Calling a coroutine function or a generator function makes an object and runs nothing of its body. What it can't see:
code that runs and leaves the work to somebody else.
"""

from __future__ import annotations

import inspect
from typing import Any


class NothingMeasured(Exception):
    """Unmeasured: there is no reading, and the message says why."""


def must_have_run(what: str, result: Any) -> None:
    """Raises NothingMeasured where what a call returned is a body that has not begun to run."""
    if inspect.iscoroutine(result):
        result.close()  # else Python warns that it was never awaited
        raise NothingMeasured(f"unmeasured: {what} made a coroutine, which never ran; hand in a call of asyncio.run")
    if inspect.isasyncgen(result):
        raise NothingMeasured(f"unmeasured: {what} made an asynchronous generator, which never ran")
    if inspect.isgenerator(result) and inspect.getgeneratorstate(result) == inspect.GEN_CREATED:
        raise NothingMeasured(f"unmeasured: {what} made a generator, which never ran; hand in a call of list on it")
