"""Coroutines and generators that were made and never run: who only calls an `async def` function has run nothing of it.

What it can't see: one that was kept somewhere and not given back.
"""

from __future__ import annotations

import inspect
from typing import Any

from course_lib.interleavings.observing.library import OF_ASYNCIO


class NothingRan(Exception):
    """What should have made the state, or looked at it, made a coroutine or a generator; the message says which."""


def never_ran(who: str, made: Any) -> str:
    """The sentence on what `who` gave back, where nothing of that has run; a coroutine is closed."""
    if inspect.iscoroutine(made) and inspect.getcoroutinestate(made) == inspect.CORO_CREATED:
        made.close()  # so that nobody is told again that it was never awaited
        return f"{who} made {made.__qualname__}(), which nobody awaits: it never ran; {OF_ASYNCIO}"
    if inspect.isasyncgen(made):  # without an event loop nobody can have gone through it
        return f"{who} made {made.__qualname__}(), which nobody goes through: it never ran; {OF_ASYNCIO}"
    if inspect.isgenerator(made) and inspect.getgeneratorstate(made) == inspect.GEN_CREATED:
        return f"{who} made {made.__qualname__}(), which nobody goes through: it never ran"
    return ""


def begun(who: str, made: Any) -> Any:
    """The same value; raises `NothingRan` where it stands for code that never ran."""
    if told := never_ran(who, made):
        raise NothingRan(told)
    return made
