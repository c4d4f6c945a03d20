"""Calls a learner's acceptance test on one candidate and tells how it ended: it returned, or what it raised.

Whether it returned None, True, False, a generator or something is told, for whoever takes `False` for an answer: a test
answers by returning or by raising. Of a traceback in the text of an exception, which is how `unittest` gathers what
failed, the line that says what it was is told. Not seen: what it prints, what it leaves running.
"""

from __future__ import annotations

import builtins
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from typing import Any

from course_lib.hazards.attempt import describe

NAME, FILE = "save_upload", "<upload>"
LONGEST = 300  # letters of a text

_Accusation = AssertionError  # a submission may give the name another meaning
_kind, _is_kind_of, _repr, _str, _is = type, issubclass, repr, str, isinstance
_UNRUN = (Generator, Coroutine, AsyncGenerator)


def guard(function: Callable[[Any], Any], case: dict[str, Any]) -> dict[str, Any]:
    """`{"returned": "None"}`, or what `describe` tells of an exception and `"accuses"`: is it an AssertionError?"""
    candidate = compiled(case["source"])
    try:
        given = function(candidate)
    except BaseException as error:  # MemoryError and SystemExit are answers too
        told = describe(error)
        message = gathered(error) or told["message"]
        return {**told, "message": message, "accuses": _is_kind_of(_kind(error), _Accusation)}
    return {"returned": in_words(given)}


def in_words(given: Any) -> str:
    """What a call returned, as far as it matters to one that should have run."""
    if given is None or given is True or given is False:
        return _repr(given)
    return "a generator or a coroutine, of which nothing ran" if _is(given, _UNRUN) else "something"


def gathered(error: BaseException) -> str:
    """The line under the last traceback in an exception's text; empty where it holds none."""
    try:
        _, traceback, rest = _str(error).rpartition("Traceback (most recent call last):\n")
    except BaseException:  # a learner's __str__ may raise anything
        return ""
    lines = rest.splitlines() if traceback else []
    return next((line for line in lines if line[:1].strip()), "")[:LONGEST]


def compiled(source: str) -> Any:
    """The candidate that a source text defines, as if it had been written nowhere."""
    namespace: dict[str, Any] = {"__name__": "upload", "__builtins__": builtins}
    exec(compile(source, FILE, "exec", dont_inherit=True), namespace)
    return namespace[NAME]


def unguarded(_save_upload: Any) -> None:
    return None


def guarded(save_upload: Any) -> None:
    assert save_upload(), "it stores nothing"
