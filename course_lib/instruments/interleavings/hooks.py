"""What rewritten code calls. Outside an exploration each hook does what the plain expression would have done.

Inside one it first tells the run which places the step touches; the run lets other threads go first where that
can matter, and then the step happens as a whole.
"""

from __future__ import annotations

import operator
import sys
import types
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from . import library, places
from .calls import run_call, run_method
from .places import CONTAINERS, SCALARS, Touched, label_of
from .scheduler import Run, Worker, active, get_ident

__all__ = ["label_of"]

sites: list[Any] = []
slice = slice  # noqa: PLW0127  rewritten code reaches the built-in by this name

_FAILED = object()


def _told(worker: Worker, touched: Touched, site: int, kind: str, act: Callable[[], Any], shown: Any = _FAILED) -> Any:
    """Announces a step, does it, and records it."""
    run = worker.run
    run.access(worker, touched)
    if run.recorder is None:
        return act()
    return run.recorder.data_step(worker, touched, site, kind, act, shown)


# --- attributes ------------------------------------------------------------------------------------------------


def attr(thing: Any, name: str, site: int) -> Any:
    worker = active.get(get_ident())
    if worker is None:
        return getattr(thing, name)
    touched = _attribute(worker.run, thing, name, False)
    if touched is None:
        return library.lazy_attribute(worker, thing, name)
    if not touched:
        return getattr(thing, name)
    return _told(worker, touched, site, "read", lambda: getattr(thing, name))


def _attribute(run: Run, thing: Any, name: str, write: bool) -> Touched | None:
    """What reading or writing an attribute touches; None for a cached property that is not there yet."""
    owner = type(thing)
    if owner is types.ModuleType:
        if name not in vars(thing) or isinstance(vars(thing)[name], places.CODE + (type, types.ModuleType)):
            return []
        return places.element(run, vars(thing), name, write)
    if isinstance(thing, type):
        return _class_attribute(run, thing, name, write)
    kind, where = places.kind_of(owner, name)
    if kind == "data":
        return [places.attribute(run, thing, name, write)]
    if kind == "class":
        own = places.attribute(run, thing, name, write)
        return [own] if write else [own, places.attribute(run, where, name, False)]
    if kind == "dict":
        run.aliases[id(thing.__dict__)] = thing
        run.kept[id(thing.__dict__)] = thing.__dict__
    if kind == "lazy":
        if not write and name not in thing.__dict__:
            return None
        return [places.attribute(run, thing, name, write)]
    return []


def _class_attribute(run: Run, owner: type, name: str, write: bool) -> Touched:
    for base in owner.__mro__:
        if name in vars(base) and not write:
            return [] if isinstance(vars(base)[name], places.CODE) else [places.attribute(run, base, name, False)]
    return [places.attribute(run, owner, name, write)]


def set_attr(value: Any, thing: Any, name: str, site: int) -> None:
    worker = active.get(get_ident())
    if worker is None:
        setattr(thing, name, value)
        if isinstance(thing, type):
            places.forget_kinds()
        return
    touched = _attribute(worker.run, thing, name, True)
    if not touched:
        return setattr(thing, name, value)
    _told(worker, touched, site, "write", lambda: setattr(thing, name, value), value)
    if isinstance(thing, type):
        places.forget_kinds()


def del_attr(thing: Any, name: str, site: int) -> None:
    worker = active.get(get_ident())
    touched = _attribute(worker.run, thing, name, True) if worker is not None else None
    if worker is None or not touched:
        return delattr(thing, name)
    _told(worker, touched, site, "write", lambda: delattr(thing, name))


# --- elements --------------------------------------------------------------------------------------------------


def _element(run: Run, thing: Any, index: Any, write: bool) -> Touched:
    if isinstance(thing, CONTAINERS):
        if isinstance(index, slice) or isinstance(thing, (bytearray, set)):
            return places.whole(run, thing, write)
        return places.element(run, thing, index, write)
    return library.foreign_element(run, thing, index, write)


def item(thing: Any, index: Any, site: int) -> Any:
    worker = active.get(get_ident())
    if worker is None or type(thing) in SCALARS or isinstance(thing, type):
        return thing[index]
    if type(thing) is defaultdict:
        return _default_item(worker, thing, index, site)
    touched = _element(worker.run, thing, index, False)
    return _told(worker, touched, site, "read", lambda: thing[index]) if touched else thing[index]


def _default_item(worker: Worker, thing: defaultdict[Any, Any], index: Any, site: int) -> Any:
    """A missing key is made in one step by a factory written in C, in two by one written in Python."""
    factory = thing.default_factory
    if factory is None or not library.is_python(factory):
        missing = factory is not None and index not in thing
        return _told(worker, places.element(worker.run, thing, index, missing), site, "read", lambda: thing[index])
    found = _told(worker, places.element(worker.run, thing, index, False), site, "read", lambda: thing.get(index, _FAILED))
    if found is not _FAILED:
        return found
    made = run_call(worker, site, factory, (), {})
    _told(worker, places.element(worker.run, thing, index, True), site, "write",
          lambda: dict.__setitem__(thing, index, made), made)
    return made


def set_item(value: Any, thing: Any, index: Any, site: int) -> None:
    worker = active.get(get_ident())
    touched = _element(worker.run, thing, index, True) if worker is not None else None
    if worker is None or not touched:
        thing[index] = value
        return
    _told(worker, touched, site, "write", lambda: operator.setitem(thing, index, value), value)


def del_item(thing: Any, index: Any, site: int) -> None:
    worker = active.get(get_ident())
    touched = _element(worker.run, thing, index, True) if worker is not None else None
    if worker is None or not touched:
        del thing[index]
        return
    if isinstance(thing, list):
        touched = places.whole(worker.run, thing, True)
    elif isinstance(thing, dict) and len(touched) == 2:
        touched = [touched[0], places.structure(worker.run, thing, True)]
    _told(worker, touched, site, "write", lambda: operator.delitem(thing, index))


# --- a change in place -----------------------------------------------------------------------------------------


def read_attr_to_change(thing: Any, name: str, site: int) -> tuple[Any, ...]:
    return set_attr, thing, name, attr(thing, name, site)


def read_item_to_change(thing: Any, index: Any, site: int) -> tuple[Any, ...]:
    return set_item, thing, index, item(thing, index, site)


def change(old: tuple[Any, ...], operand: Any, operator_name: str, site: int) -> None:
    store, thing, name, value = old
    store(inplace(value, operand, operator_name, site), thing, name, site)


_BINARY = {"Add": operator.add, "Sub": operator.sub, "Mult": operator.mul, "Div": operator.truediv, "Mod": operator.mod,
           "FloorDiv": operator.floordiv, "Pow": operator.pow, "LShift": operator.lshift, "RShift": operator.rshift,
           "BitOr": operator.or_, "BitXor": operator.xor, "BitAnd": operator.and_, "MatMult": operator.matmul}
_INPLACE = {"Add": operator.iadd, "Sub": operator.isub, "Mult": operator.imul, "Div": operator.itruediv,
            "Mod": operator.imod, "FloorDiv": operator.ifloordiv, "Pow": operator.ipow, "LShift": operator.ilshift,
            "RShift": operator.irshift, "BitOr": operator.ior, "BitXor": operator.ixor, "BitAnd": operator.iand,
            "MatMult": operator.imatmul}
_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "Eq": operator.eq, "NotEq": operator.ne, "Lt": operator.lt, "LtE": operator.le, "Gt": operator.gt,
    "GtE": operator.ge, "In": lambda left, right: left in right, "NotIn": lambda left, right: left not in right,
    "Is": operator.is_, "IsNot": operator.is_not}


def inplace(value: Any, operand: Any, operator_name: str, site: int) -> Any:
    worker = active.get(get_ident())
    act = _INPLACE[operator_name]
    if worker is not None and isinstance(value, CONTAINERS):
        touched = places.whole(worker.run, value, True) + places.reads(worker.run, operand)
        return _told(worker, touched, site, "call", lambda: act(value, operand))
    return act(value, operand)


def binary(left: Any, right: Any, operator_name: str, site: int) -> Any:
    worker = active.get(get_ident())
    act = _BINARY[operator_name]
    if worker is not None and (isinstance(left, CONTAINERS) or isinstance(right, CONTAINERS)):
        touched = places.reads(worker.run, left) + places.reads(worker.run, right)
        return _told(worker, touched, site, "call", lambda: act(left, right))
    return act(left, right)


def compare(left: Any, right: Any, operator_name: str, site: int) -> Any:
    worker = active.get(get_ident())
    act = _COMPARE[operator_name]
    if worker is None or not (isinstance(left, CONTAINERS) or isinstance(right, CONTAINERS)):
        return act(left, right)
    if operator_name in ("In", "NotIn") and isinstance(right, dict):
        touched = places.element(worker.run, right, left, False)
    else:
        touched = places.reads(worker.run, left) + places.reads(worker.run, right)
    return _told(worker, touched, site, "read", lambda: act(left, right))


def look(thing: Any, site: int) -> Any:
    """A value whose truth or whole content is about to be used."""
    if isinstance(thing, CONTAINERS):
        worker = active.get(get_ident())
        if worker is not None:
            return _told(worker, places.reads(worker.run, thing), site, "read", lambda: thing)
    return thing


# --- variables -------------------------------------------------------------------------------------------------


def before_read(place: Any, name: str, site: int) -> Any:
    worker = active.get(get_ident())
    if worker is None:
        return None
    touched = places.variable(worker.run, place, name, False)
    worker.run.access(worker, touched)
    return worker, touched, site


def after_read(announced: Any, value: Any) -> Any:
    if announced is not None and announced[0].run.recorder is not None:
        worker, touched, site = announced
        worker.run.recorder.data_step(worker, touched, site, "read", lambda: value)
    return value


def write(place: Any, name: str, site: int, value: Any) -> Any:
    worker = active.get(get_ident())
    if worker is not None:
        _told(worker, places.variable(worker.run, place, name, True), site, "write", lambda: value, value)
    return value


# --- loops -----------------------------------------------------------------------------------------------------


def iterate(things: Iterable[Any], site: int) -> Iterable[Any]:
    if isinstance(things, CONTAINERS) or library.is_shared_iterator(things):
        worker = active.get(get_ident())
        if worker is not None:
            return _walk(things, site)
    return things


def _walk(things: Iterable[Any], site: int) -> Iterator[Any]:
    iterator = iter(things)
    while True:
        worker = active.get(get_ident())
        try:
            if worker is None:
                value = next(iterator)
            else:
                touched = places.reads(worker.run, things) or [places.structure(worker.run, things, True)]
                value = _told(worker, touched, site, "read", lambda: next(iterator))
        except StopIteration:
            return
        yield value


def loop(site: int) -> None:
    """One more turn of a loop. A turn that changed nothing and saw nothing new lets others go first."""
    worker = active.get(get_ident())
    if worker is None:
        return
    run = worker.run
    if run.aborting:
        run.stop(worker, "")
    run.steps += 1
    if run.steps > STEPS_IN_A_RUN:
        run.stop(worker, "endless", f"no end after {STEPS_IN_A_RUN} steps")
    frame = sys._getframe(1)
    now = (id(frame), worker.writes, tuple([(name, _shape(value)) for name, value in frame.f_locals.items()]),
           tuple([id(lock) for lock in worker.held]))
    before = worker.loops.get(site)
    if before is None or before[0] != now:
        worker.loops[site] = (now, len(worker.read_log))
        return
    worker.spin = set(worker.read_log[before[1]:])
    worker.loops[site] = (now, len(worker.read_log))
    run.pause(worker)
    run.own_step(worker, "looked again")


def _shape(value: Any) -> Any:
    if isinstance(value, (int, str, float, type(None))):
        return value
    return (type(value), len(value)) if isinstance(value, (list, dict, set, tuple)) else id(value)


from .calls import call, method, source  # noqa: E402  they need the hooks above
from .scheduler import STEPS_IN_A_RUN  # noqa: E402
