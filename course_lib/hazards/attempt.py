"""Probes run beside a submission, in its confined process, and report raw observations: never a verdict.

A probe module defines `PROBES` and `CONTROLS`. It may define `preload`, `before_load` and `compile_cell` (see any of
them), `SUBJECTS`, the type of each task that is answered by data and not by a function, and `FILE_SIZE`, the largest
file that may be written. What a probe returns crosses to the judge as plain data only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

SUBMISSION_FILE = "<submission"

_mro = type.__dict__["__mro__"].__get__
_name = type.__dict__["__name__"].__get__
_str = str
_traceback = BaseException.__dict__["__traceback__"].__get__
_MemoryError = MemoryError


def attempt(function: Callable[..., Any], *args: Any, **keywords: Any) -> dict[str, Any]:
    """What a call did: `{"returned": value}`, or `{"raised", "bases", "message", "line"}` for anything it raised.

    `line` is the innermost line of the submission's own source in the traceback, or None. MemoryError passes through:
    a submission without memory can't be judged at all.
    """
    try:
        return {"returned": function(*args, **keywords)}
    except _MemoryError:
        raise
    except BaseException as error:  # SystemExit and KeyboardInterrupt are observations too
        return describe(error)


def describe(error: BaseException) -> dict[str, Any]:
    """An exception as plain data, without trusting its class: name, names of its bases, message, line."""
    kind = type(error)
    try:
        message = _str(error)[:300]
    except BaseException:  # a learner's __str__ may raise anything
        message = ""
    bases = [_name(base) for base in _mro(kind)]
    return {"raised": _name(kind), "bases": bases, "message": message, "line": submission_line(error)}


def innermost(error: BaseException, within: str) -> str:
    """`orders.py, line 12`: where the traceback is innermost in files whose path holds that text; empty where never."""
    where, step = "", _traceback(error)
    while step is not None:
        _, found, name = step.tb_frame.f_code.co_filename.rpartition(within)
        if found:
            where = f"{name}, line {step.tb_lineno}"
        step = step.tb_next
    return where


def submission_line(error: BaseException) -> int | None:
    """The innermost line of the submission's own source that the traceback passes through, or None."""
    line, step = None, _traceback(error)
    while step is not None:
        if step.tb_frame.f_code.co_filename.startswith(SUBMISSION_FILE):
            line = step.tb_lineno
        step = step.tb_next
    return line
