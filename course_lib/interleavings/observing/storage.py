"""Hooks for attributes and elements: what rewritten code calls to read, store and delete them."""

from __future__ import annotations

import operator
import types
import weakref
from collections import defaultdict
from typing import Any

from course_lib.interleavings.exploring.order import Touched
from course_lib.interleavings.exploring.scheduler import Run, active, get_ident
from course_lib.interleavings.exploring.worker import Worker
from course_lib.interleavings.observing import library, places
from course_lib.interleavings.observing.places import CONTAINERS, SCALARS
from course_lib.interleavings.observing.steps import NOTHING, told

PROXIES = (weakref.ProxyType, weakref.CallableProxyType)


def attr(thing: Any, name: str, site: Any) -> Any:
    worker = active.get(get_ident())
    if worker is None:
        return getattr(thing, name)
    touched = _attribute(worker.run, thing, name, False)
    if touched is None:
        return library.lazy_attribute(worker, thing, name)
    if not touched:
        return getattr(thing, name)
    return told(worker, touched, site, "read", lambda: getattr(thing, name))


def _attribute(run: Run, thing: Any, name: str, write: bool) -> Touched | None:
    """What reading or writing an attribute touches; None for a cached property that is not there yet."""
    owner = type(thing)
    if owner in PROXIES:
        return [places.living(run)]
    if owner is types.ModuleType:
        if name not in vars(thing) or isinstance(vars(thing)[name], (*places.CODE, type, types.ModuleType)):
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
        run.objects.aliases[run.objects.number(thing.__dict__)] = run.objects.number(thing)
    if kind == "lazy":
        if not write and name not in thing.__dict__:
            return None
        return [places.attribute(run, thing, name, write)]
    if kind == "code" and isinstance(where, property) and library.is_of_the_library(where.fget):
        return [places.attribute(run, thing, name, write)]  # its own steps are not seen
    return []


def _class_attribute(run: Run, owner: type, name: str, write: bool) -> Touched:
    for base in owner.__mro__:
        if name in vars(base) and not write:
            return [] if isinstance(vars(base)[name], places.CODE) else [places.attribute(run, base, name, False)]
    return [places.attribute(run, owner, name, write)]


def set_attr(value: Any, thing: Any, name: str, site: Any) -> None:
    worker = active.get(get_ident())
    if worker is None:
        setattr(thing, name, value)
        if isinstance(thing, type):
            places.forget_kinds()
        return
    worker.run.objects.publish(value)
    touched = _attribute(worker.run, thing, name, True)
    if not touched:
        return setattr(thing, name, value)
    told(worker, touched, site, "write", lambda: setattr(thing, name, value), value)
    if isinstance(thing, type):
        places.forget_kinds()


def del_attr(thing: Any, name: str, site: Any) -> None:
    worker = active.get(get_ident())
    touched = _attribute(worker.run, thing, name, True) if worker is not None else None
    if worker is None or not touched:
        return delattr(thing, name)
    told(worker, touched, site, "write", lambda: delattr(thing, name))


# --- elements --------------------------------------------------------------------------------------------------


def _element(run: Run, thing: Any, index: Any, write: bool) -> Touched:
    if issubclass(type(thing), CONTAINERS):
        if isinstance(index, slice) or isinstance(thing, (bytearray, set)):
            return places.whole(run, thing, write)
        return places.element(run, thing, index, write)
    return library.foreign_element(run, thing, index, write)


def item(thing: Any, index: Any, site: Any) -> Any:
    worker = active.get(get_ident())
    if worker is None or type(thing) in SCALARS or isinstance(thing, type):
        return thing[index]
    if type(thing) is defaultdict:
        return _default_item(worker, thing, index, site)
    get = library.twinned(thing, "__getitem__")
    if get is not None:
        return get(index)
    touched = _element(worker.run, thing, index, False)
    return told(worker, touched, site, "read", lambda: thing[index]) if touched else thing[index]


def _default_item(worker: Worker, thing: defaultdict[Any, Any], index: Any, site: Any) -> Any:
    """A missing key is made in one step by a factory written in C, in two by one written in Python."""
    factory = thing.default_factory
    if factory is None or not library.is_python(factory):
        missing = factory is not None and index not in thing
        return told(worker, places.element(worker.run, thing, index, missing), site, "read", lambda: thing[index])
    found = told(
        worker, places.element(worker.run, thing, index, False), site, "read", lambda: thing.get(index, NOTHING)
    )
    if found is not NOTHING:
        return found
    made = factory()
    told(
        worker,
        places.element(worker.run, thing, index, True),
        site,
        "write",
        lambda: dict.__setitem__(thing, index, made),
        made,
    )
    return made


def set_item(value: Any, thing: Any, index: Any, site: Any) -> None:
    worker = active.get(get_ident())
    put = library.twinned(thing, "__setitem__") if worker is not None else None
    if put is not None:
        put(index, value)
        return
    if worker is not None:
        worker.run.objects.publish(value)
    touched = _element(worker.run, thing, index, True) if worker is not None else None
    if worker is None or not touched:
        thing[index] = value
        return
    told(worker, touched, site, "write", lambda: operator.setitem(thing, index, value), value)


def del_item(thing: Any, index: Any, site: Any) -> None:
    worker = active.get(get_ident())
    drop = library.twinned(thing, "__delitem__") if worker is not None else None
    if drop is not None:
        drop(index)
        return
    touched = _element(worker.run, thing, index, True) if worker is not None else None
    if worker is None or not touched:
        del thing[index]
        return
    if isinstance(thing, list):
        touched = places.whole(worker.run, thing, True)
    elif isinstance(thing, dict) and len(touched) == 2:
        touched = [touched[0], places.structure(worker.run, thing, True)]
    told(worker, touched, site, "write", lambda: operator.delitem(thing, index))
