"""Who asks for a close: the code, or the collector on its way through a dead object?

A close that runs in `__del__`, in the callback of a dead weak reference (`weakref.finalize` too), in the finaliser of a
file object, or in the unwinding of a generator or coroutine that nobody holds any more is the collector's. The call
stack tells; nothing is patched.
"""

from __future__ import annotations

import gc
import io
import sys
import weakref
from collections.abc import Iterator, Sequence
from inspect import CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR, CO_OPTIMIZED
from types import AsyncGeneratorType, CodeType, CoroutineType, FrameType, GeneratorType
from typing import Any

from course_lib.instruments.own_line import is_course_file

_SUSPENDABLE = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR
_ASK_FOR_LOCALS = {"locals", "vars", "eval", "exec", "dir", "f_locals"}
_FRAME_OF = {GeneratorType: "gi_frame", CoroutineType: "cr_frame", AsyncGeneratorType: "ag_frame"}


def collector_is_closing(frame: FrameType | None, outermost: FrameType | None = None) -> bool:
    """True where some caller, up to the `outermost`, runs only because an object is being destroyed."""
    unwinding = isinstance(sys.exception(), GeneratorExit)
    while frame is not None:
        code = frame.f_code
        if code.co_name == "__del__":
            return True
        # most frames are the course's, and nothing of it is called back by a death
        if not is_course_file(code.co_filename) and _runs_at_death(frame, code, unwinding):
            return True
        frame = frame.f_back if frame is not outermost else None
    return False


def _callers(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def _runs_at_death(frame: FrameType, code: CodeType, unwinding: bool) -> bool:
    # a callback's first argument, or a method's second
    for argument in _variables(frame, code, code.co_varnames[: min(code.co_argcount, 2)]):
        if isinstance(argument, weakref.ref) and argument() is None:
            return True
    if unwinding and code.co_flags & _SUSPENDABLE:
        suspended = next((one for one in gc.get_objects() if _has_frame(one, frame)), None)
        return suspended is not None and not _is_held(suspended, frame)
    if "close" in code.co_name and code.co_varnames[:1] == ("self",):
        [owner] = _variables(frame, code, ("self",))  # a starred argument would be held by the tuple of the call
        return _is_dying(owner, frame)
    return False


def _has_frame(thing: object, frame: FrameType) -> bool:
    attribute = _FRAME_OF.get(type(thing))
    return attribute is not None and getattr(thing, attribute) is frame


def _is_dying(owner: object, frame: FrameType) -> bool:
    """True for a Python file class whose C finaliser called its close, and for a class with `__del__ = close`."""
    if isinstance(owner, io.IOBase):
        return any(getattr(one, "_finalizing", False) for one in _in_layers(owner))
    finalizer = getattr(type(owner), "__del__", None)
    return getattr(finalizer, "__code__", None) is frame.f_code and not _is_held(owner, frame)


def _in_layers(file: io.IOBase) -> list[io.IOBase]:
    """The file and the files around it, innermost first: each layer's close closes the next one."""
    layers = [file]
    for layer in layers:
        layers += [one for one in gc.get_referrers(layer) if isinstance(one, io.IOBase) and one not in layers]
    return layers


def _is_held(thing: object, own_frame: FrameType) -> bool:
    """True where a variable of a running function or any container still refers to the object.

    Plain loops: a generator expression would put `thing` in a cell, and the cell would be a holder.
    """
    for caller in _callers(own_frame.f_back):
        if _has_variable(caller, thing):
            return True
    for holder in gc.get_referrers(thing):  # noqa: SIM110  # see above
        if not isinstance(holder, FrameType):
            return True
    return False


def _variables(frame: FrameType, code: CodeType, names: Sequence[str]) -> list[object]:
    if not names:
        return []
    variables = frame.f_locals
    values = [variables.get(name) for name in names]
    _forget_snapshot(code, variables)
    return values


def _has_variable(frame: FrameType, thing: object) -> bool:
    variables = frame.f_locals
    found = any(value is thing for value in variables.values())
    _forget_snapshot(frame.f_code, variables)
    return found


def _forget_snapshot(code: CodeType, variables: dict[str, Any]) -> None:
    """Before 3.13, looking at a function's variables copies them into a dict that would keep them alive.

    A function that asks for that dict itself keeps it as it is.
    """
    if sys.version_info < (3, 13) and code.co_flags & CO_OPTIMIZED and _ASK_FOR_LOCALS.isdisjoint(code.co_names):
        variables.clear()
