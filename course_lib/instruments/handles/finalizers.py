"""Who asks for a close: the code, or the collector on its way through a dead object?

A close that runs in `__del__`, in a callback of `weakref.finalize`, in the finaliser of a file object, or in the
unwinding of a generator that nobody holds any more is the collector's. The call stack tells; nothing is patched.
"""

from __future__ import annotations

import gc
import io
import sys
import weakref
from collections.abc import Iterator
from inspect import CO_GENERATOR, CO_OPTIMIZED
from types import FrameType, GeneratorType

_FINALIZE = weakref.finalize.__call__.__code__


def collector_is_closing(frame: FrameType | None) -> bool:
    """True where some caller runs only because an object is being destroyed."""
    unwinding = isinstance(sys.exception(), GeneratorExit)
    return any(_runs_at_death(caller, unwinding) for caller in _callers(frame))


def _callers(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def _runs_at_death(frame: FrameType, unwinding: bool) -> bool:
    code = frame.f_code
    if code.co_name == "__del__":
        return True
    if code is _FINALIZE:
        return _variable(frame, "_") is not None  # the dead weak reference; None where the code called it
    if unwinding and code.co_flags & CO_GENERATOR:
        generator = next((g for g in gc.get_objects() if type(g) is GeneratorType and g.gi_frame is frame), None)
        return generator is not None and not _is_held(generator, frame)
    if "close" in code.co_name and code.co_varnames[:1] == ("self",):
        return _is_dying(_variable(frame, "self"), frame)
    return False


def _is_dying(owner: object, frame: FrameType) -> bool:
    """True for a Python file class whose C finaliser called its close, and for a class with `__del__ = close`."""
    if isinstance(owner, io.IOBase):
        return bool(getattr(owner, "_finalizing", False))
    finalizer = getattr(type(owner), "__del__", None)
    return getattr(finalizer, "__code__", None) is frame.f_code and not _is_held(owner, frame)


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


def _variable(frame: FrameType, name: str) -> object:
    value = frame.f_locals.get(name)
    _forget_snapshot(frame)
    return value


def _has_variable(frame: FrameType, thing: object) -> bool:
    found = any(value is thing for value in frame.f_locals.values())
    _forget_snapshot(frame)
    return found


def _forget_snapshot(frame: FrameType) -> None:
    """Before 3.13, looking at a function's variables copies them into a dict that would keep them alive."""
    if sys.version_info < (3, 13) and frame.f_code.co_flags & CO_OPTIMIZED:
        frame.f_locals.clear()  # that looks again, and leaves the dict empty
