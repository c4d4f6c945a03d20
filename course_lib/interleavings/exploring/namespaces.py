"""Puts the state that a module keeps (globals, class attributes, what they hold) back before each run.

What is not the program's is left alone, also where the program holds it: the names of other modules, the built-ins
first of all, which every dict holds that code was run in, and what the library's modules keep.

Locks and lock makers that were bound before the cooperative twins were in place, in modules, classes, closures and
defaults, are exchanged for them, and given back at the end.
"""

from __future__ import annotations

import functools
import queue
import sys
import threading
import types
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from course_lib.interleavings.observing import library, places
from course_lib.interleavings.waiting import patching
from course_lib.interleavings.waiting.primitives import Lock, RLock

LARGEST = 2000  # a container with more elements is data; copying it for every run would cost more than it tells
_MUTABLE = (list, dict, set, deque, bytearray)
_WAITING = (threading.Condition, threading.Event, threading.Semaphore, threading.Barrier, queue.Queue)
_MADE_BY_PYTHON = 1 << 9  # a flag of classes: that of a `class` statement has it, `int` has not


class Restorer:
    """Remembers the state reachable from module dicts; `restore()` puts it back, leaving the block does so for good."""

    def __init__(self, namespaces: Sequence[dict[str, Any]], functions: Sequence[Callable[..., Any]] = ()) -> None:
        self._namespaces, self._functions = namespaces, functions
        self._contents: list[tuple[Any, Any]] = []
        self._given: list[tuple[Any, Any, Any, Any]] = []  # (owner, name, original, twin)
        self._met: set[int] = set()

    def __enter__(self) -> Restorer:
        for namespace in self._namespaces:
            self._remember_names(namespace)
        for function in self._functions:
            for owner, name, value in _bound_to(function):
                self._exchange(owner, name, value)  # what else they are bound to is their writer's to look at
        self.restore()
        return self

    def __exit__(self, *details: object) -> None:
        self.restore()
        for owner, name, original, _ in self._given:
            _put(owner, name, original)

    def restore(self) -> None:
        for thing, content in self._contents:
            _refill(thing, content)
        for owner, name, _, twin in self._given:
            _put(owner, name, _made_or_kept(twin, None))

    @functools.cached_property
    def _of_others(self) -> frozenset[int]:
        return frozenset(_kept_by_others()).difference(map(id, self._namespaces))

    def _remember_names(self, namespace: dict[str, Any]) -> None:
        if id(namespace) in self._met:
            return
        self._met.add(id(namespace))
        content = {name: value for name, value in namespace.items() if not _is_special(name)}
        self._contents.append((_Bindings(namespace), content))
        module = namespace.get("__name__", "builtins")  # where Python looks for it next
        for name, value in content.items():
            self._remember(namespace, name, value, module)

    def _remember(self, owner: Any, name: Any, value: Any, module: Any, depth: int = 0) -> None:
        if type(value) is types.FunctionType and not (value.__closure__ or value.__defaults__ or value.__kwdefaults__):
            if id(value) in patching.originals:
                self._exchange(owner, name, value)
            return
        if self._exchange(owner, name, value) or id(value) in self._met or depth > 6:
            return
        if isinstance(value, _CODE):
            self._remember_code(value, module, depth)
        elif isinstance(value, _MUTABLE):
            self._remember_container(value, module, depth)
        elif isinstance(value, type) and _is_made_by(value, module):
            self._remember_class(value, module)
        elif _has_attributes(value) and not isinstance(value, (type, types.ModuleType, types.FunctionType)):
            self._met.add(id(value))
            if _is_made_by(type(value), module) and id(vars(value)) not in self._of_others:
                self._contents.append((_Attributes(value), dict(vars(value))))
                for key, part in list(vars(value).items()):
                    self._remember(value, key, part, module, depth + 1)

    def _remember_container(self, value: Any, module: Any, depth: int) -> None:
        if id(value) in self._of_others:
            return
        if isinstance(value, dict) and "__builtins__" in value:
            self._remember_names(value)  # code was run in it
        elif len(value) <= LARGEST:
            self._met.add(id(value))
            self._contents.append((value, value.copy()))
            parts = value.items() if isinstance(value, dict) else enumerate(value)
            for key, part in parts:
                self._remember(value, key, part, module, depth + 1)

    def _remember_class(self, owner: type, module: Any) -> None:
        self._met.add(id(owner))
        for value in [value for value in vars(owner).values() if isinstance(value, _CODE)]:
            self._remember_code(value, module, 1)
        data = {
            name: value
            for name, value in vars(owner).items()
            if not (name.startswith("__") and name.endswith("__"))
            and not isinstance(value, (*places.CODE, *places.SLOTS))
        }
        self._contents.append((_Attributes(owner), data))
        for name, value in data.items():
            self._remember(owner, name, value, module, 1)

    def _remember_code(self, code: Any, module: Any, depth: int) -> None:
        """What a function is bound to, and what a decorator keeps for it."""
        self._met.add(id(code))
        if isinstance(code, places.CACHED):
            self._contents.append((code, None))
        for owner, name, value in _bound_to(code):
            self._remember(owner, name, value, module, depth + 1)

    def _exchange(self, owner: Any, name: Any, value: Any) -> bool:
        """Whether this is a lock, or makes locks, and has a twin."""
        twin = _twin_of(value)
        if twin is not None:
            self._given.append((owner, name, value, twin))
        return twin is not None


def _kept_by_others() -> Iterator[int]:
    """The ids of the names of each module that isn't the program's, and of containers that the library's keep."""
    for module in [one for one in list(sys.modules.values()) if isinstance(one, types.ModuleType)]:
        names = object.__getattribute__(module, "__dict__")  # one that is loaded when it is first used stays unloaded
        home = library.home_of(names)
        if home != "program":
            yield id(names)
        if home == "library":
            yield from (id(value) for value in list(names.values()) if isinstance(value, _MUTABLE))


def _is_made_by(owner: type, module: Any) -> bool:
    """Whether a module's own code made this class."""
    return bool(owner.__flags__ & _MADE_BY_PYTHON) and getattr(owner, "__module__", "builtins") == module


def _has_attributes(value: Any) -> bool:
    """Whether they can be had: a framework's stand-in for what belongs to a request raises where there is none."""
    try:
        return isinstance(vars(value), (dict, types.MappingProxyType))
    except Exception:
        return False


def _is_special(name: Any) -> bool:
    return isinstance(name, str) and name.startswith("__")


_MADE_OF_ONE = (
    classmethod,
    staticmethod,
    functools.partial,
    functools.partialmethod,
    functools.cached_property,
    places.CACHED,
)
_CODE: tuple[type, ...] = (types.FunctionType, property, *_MADE_OF_ONE)


def _bound_to(code: Any) -> Iterator[tuple[Any, Any, Any]]:
    """(owner, name, value) for whatever a function, or what was made of one, holds."""
    if isinstance(code, types.FunctionType):
        for cell in code.__closure__ or ():
            if cell != types.CellType():
                yield cell, "cell_contents", cell.cell_contents
        yield code, "__defaults__", code.__defaults__
        for name, value in (code.__kwdefaults__ or {}).items():
            yield code.__kwdefaults__, name, value
    elif isinstance(code, property):
        for part in (code.fget, code.fset, code.fdel):
            yield code, "", part
    elif isinstance(code, _MADE_OF_ONE):
        yield code, "", getattr(code, "func", None) or getattr(code, "__wrapped__", None)
        yield code, "lock", getattr(code, "lock", None)  # of a cached property, up to 3.11


class _Bindings:
    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace = namespace


class _Attributes:
    def __init__(self, owner: Any) -> None:
        self.owner, self.names = owner, frozenset(vars(owner))

    def added(self) -> list[str]:
        """The names that it had not in the beginning, but for those that Python gives a class."""
        of_a_class = isinstance(self.owner, type)
        return [name for name in vars(self.owner) if name not in self.names and not (of_a_class and _is_special(name))]


def _made_or_kept(twin: Any, value: Any) -> Any:
    return value if twin is None else twin() if isinstance(twin, _Maker) else twin


class _Maker:
    """Makes a fresh twin for each run."""

    def __init__(self, make: Any) -> None:
        self.make = make

    def __call__(self) -> Any:
        return self.make()


def _twin_of(value: Any) -> Any:
    """The twin of a lock or of a name for a lock maker, of defaults with one among them; None for anything else."""
    if type(value) is tuple:
        twins = [_twin_of(one) for one in value]
        return _Maker(lambda: tuple(map(_made_or_kept, twins, value))) if any(twins) else None
    if id(value) in patching.originals and callable(value):
        return patching.originals[id(value)]
    if isinstance(value, places.REAL_LOCKS[:1]):
        return _Maker(Lock)
    if isinstance(value, places.REAL_LOCKS[1:]):
        return _Maker(RLock)
    if isinstance(value, threading.Semaphore):
        count = value._value
        return _Maker(lambda: type(value)(count))
    if isinstance(value, threading.Barrier):
        return _Maker(lambda: threading.Barrier(value.parties))
    if isinstance(value, queue.Queue):
        items = list(value.queue)
        return _Maker(lambda: _refilled(type(value)(value.maxsize), items))
    if isinstance(value, (threading.Condition, threading.Event)):
        return _Maker(type(value))
    return None


def _refilled(made: queue.Queue[Any], items: list[Any]) -> queue.Queue[Any]:
    for item in items:
        made.put(item)
    return made


def _put(owner: Any, name: Any, value: Any) -> None:
    if isinstance(owner, (dict, list, deque)):
        owner[name] = value
    elif not isinstance(owner, set):
        setattr(owner, name, value)


def _refill(thing: Any, content: Any) -> None:
    if isinstance(thing, _Bindings):
        for name in [name for name in thing.namespace if name not in content and not _is_special(name)]:
            del thing.namespace[name]
        thing.namespace.update(content)
    elif isinstance(thing, places.CACHED):
        thing.cache_clear()
    elif isinstance(thing, _Attributes):
        now = vars(thing.owner)
        for name, value in content.items():
            if now.get(name, thing) is not value:
                setattr(thing.owner, name, value)
        for name in thing.added():
            delattr(thing.owner, name)
    elif isinstance(thing, (dict, set)):
        thing.clear()
        thing.update(content)
    else:
        thing.clear()
        thing.extend(content)
