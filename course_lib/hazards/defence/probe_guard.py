"""Calls a learner's acceptance test on one candidate and tells how it ended: it returned, or what it raised.

Whether it returned None, True, False or something is told, for whoever takes `False` for an answer: a test answers by
returning or by raising. Not seen: what it prints, what it leaves running.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

from course_lib.hazards.attempt import describe

NAME, FILE = "save_upload", "<upload>"

_Accusation = AssertionError  # a submission may give the name another meaning
_kind, _is_kind_of, _repr = type, issubclass, repr


def guard(function: Callable[[Any], Any], case: dict[str, Any]) -> dict[str, Any]:
    """`{"returned": "None"}`, or what `describe` tells of an exception and `"accuses"`: is it an AssertionError?"""
    candidate = compiled(case["source"])
    try:
        given = function(candidate)
    except BaseException as error:  # MemoryError and SystemExit are answers too
        return {**describe(error), "accuses": _is_kind_of(_kind(error), _Accusation)}
    return {"returned": _repr(given) if given is None or given is True or given is False else "something"}


def compiled(source: str) -> Any:
    """The candidate that a source text defines, as if it had been written nowhere."""
    namespace: dict[str, Any] = {"__name__": "upload", "__builtins__": builtins}
    exec(compile(source, FILE, "exec", dont_inherit=True), namespace)
    return namespace[NAME]


def unguarded(_save_upload: Any) -> None:
    return None


def guarded(save_upload: Any) -> None:
    assert save_upload(), "it stores nothing"
