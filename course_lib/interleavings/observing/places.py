"""What a step touches: the places behind an attribute, an element, a whole container, a variable."""

from __future__ import annotations

import _thread
import array
import functools
import threading
import types
from collections import deque
from collections.abc import Hashable, Iterable
from typing import Any

from course_lib.interleavings.exploring.order import Place, Touched
from course_lib.interleavings.exploring.scheduler import Run

CONTAINERS: tuple[type, ...] = (
    list,
    dict,
    set,
    deque,
    bytearray,
    array.array,
    type({}.keys()),
    type({}.values()),
    type({}.items()),
)
SCALARS = frozenset(
    {
        int,
        str,
        float,
        bool,
        type(None),
        bytes,
        complex,
        range,
        frozenset,
        tuple,
        slice,
        type(Ellipsis),
        type(NotImplemented),
        types.FunctionType,
        types.BuiltinFunctionType,
        types.MethodType,
        types.ModuleType,
    }
)
SIMPLE_KEYS = (int, str, bool, bytes, type(None))
REAL_LOCKS: tuple[type, ...] = (type(_thread.allocate_lock()), type(_thread.RLock()))
CODE = (
    types.FunctionType,
    classmethod,
    staticmethod,
    types.BuiltinFunctionType,
    types.MethodDescriptorType,
    types.WrapperDescriptorType,
    types.ClassMethodDescriptorType,
    functools.partialmethod,
)
SLOTS = (types.MemberDescriptorType, types.GetSetDescriptorType)

WRITERS = frozenset(
    [
        "append",
        "extend",
        "insert",
        "remove",
        "pop",
        "clear",
        "sort",
        "reverse",
        "appendleft",
        "popleft",
        "extendleft",
        "rotate",
        "add",
        "discard",
        "update",
        "setdefault",
        "popitem",
        "move_to_end",
        "difference_update",
        "intersection_update",
        "symmetric_difference_update",
        "__setitem__",
        "__delitem__",
        "__iadd__",
        "__ior__",
        "__iand__",
        "__isub__",
        "__ixor__",
        "__imul__",
        "send",
        "throw",
        "close",
        "fromlist",
        "frombytes",
        "subtract",
    ]
)
ELEMENT_READERS = frozenset({"get", "__getitem__", "__contains__"})
ELEMENT_WRITERS = frozenset({"setdefault", "pop", "__setitem__", "__delitem__"})


def label_of(run: Run, thing: Any) -> Hashable:
    """A name for an object that is the same in every run: its path from the state, or else its type."""
    found = run.objects.labels.get(id(thing))
    if found is None:
        found = run.objects.labels[id(thing)] = ("made", type(thing).__qualname__)
        run.objects.kept[id(thing)] = thing
    return found


def name_parts(run: Run, state: Any, limit: int = 2000) -> None:
    """Gives every object that can be reached from `state` a name of its own."""
    queue: deque[tuple[tuple[str, ...], Any]] = deque([(("state",), state)])
    while queue and len(run.objects.labels) < limit:
        path, thing = queue.popleft()
        if id(thing) in run.objects.labels or (
            type(thing) in SCALARS and not isinstance(thing, (tuple, types.FunctionType, types.MethodType))
        ):
            continue
        if isinstance(thing, type):
            continue
        run.objects.labels[id(thing)] = path
        run.objects.kept[id(thing)] = thing
        queue.extend(((*path, name), part) for name, part in _parts(thing))


def _parts(thing: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(thing, dict):
        return [(repr(key) if isinstance(key, SIMPLE_KEYS) else "key", value) for key, value in dict.items(thing)]
    if isinstance(thing, (list, tuple, deque)):
        return [(str(index), value) for index, value in enumerate(thing)]
    if isinstance(thing, types.FunctionType):
        cells = thing.__closure__ or ()
        return [
            (name, cell.cell_contents)
            for name, cell in zip(thing.__code__.co_freevars, cells, strict=True)
            if cell != types.CellType()
        ]
    if isinstance(thing, types.MethodType):
        return [("self", thing.__self__)]
    parts = list(getattr(thing, "__dict__", {}).items()) if not isinstance(thing, types.ModuleType) else []
    for owner in type(thing).__mro__:
        for name, slot in list(vars(owner).items()):
            if isinstance(slot, types.MemberDescriptorType) and owner.__module__ not in ("builtins", "threading"):
                try:
                    parts.append((name, slot.__get__(thing)))
                except AttributeError:
                    continue
    return parts


def attribute(run: Run, thing: Any, name: str, write: bool) -> tuple[Hashable, Place, bool]:
    key = (id(thing), "a", name)
    place = run.order.places.get(key)
    if place is None:
        run.objects.kept[id(thing)] = thing
        place = run.order.place(key, lambda: (label_of(run, thing), "a", name))
    return key, place, write


def structure(run: Run, thing: Any, write: bool) -> tuple[Hashable, Place, bool]:
    """Which elements a container has, and in what order."""
    key = (id(thing), "*")
    place = run.order.places.get(key)
    if place is None:
        run.objects.kept[id(thing)] = thing
        place = run.order.place(key, lambda: (label_of(run, thing), "*"))
    return key, place, write


def world(run: Run, name: str) -> tuple[Hashable, Place, bool]:
    """Things outside the program's memory that behave as one shared place, such as all files."""
    key = ("world", name)
    return key, run.order.place(key, lambda: key), True


def element(run: Run, thing: Any, index: Any, write: bool, moves: bool = False) -> Touched:
    """An element's own place, and the container's structure: read, or changed where an element comes or goes."""
    owner = run.objects.aliases.get(id(thing))
    if owner is not None and isinstance(index, str):
        return [attribute(run, owner, index, write)]
    if isinstance(thing, (list, deque)):
        if not isinstance(index, int):
            return whole(run, thing, write)
        index = index + len(thing) if index < 0 else index
    elif not _is_simple(index):
        return whole(run, thing, write)
    else:
        moves = moves or (write and isinstance(thing, dict) and not dict.__contains__(thing, index))
    return [_element_place(run, thing, index, write), structure(run, thing, moves)]


def _is_simple(index: Any) -> bool:
    return isinstance(index, SIMPLE_KEYS) or (
        isinstance(index, tuple) and all(isinstance(part, SIMPLE_KEYS) for part in index)
    )


def _element_place(run: Run, thing: Any, index: Any, write: bool) -> tuple[Hashable, Place, bool]:
    key = (id(thing), "k", index)
    place = run.order.places.get(key)
    if place is None:
        run.objects.kept[id(thing)] = thing
        place = run.order.place(key, lambda: (label_of(run, thing), "k", index))
    return key, place, write


LARGE = 100


def whole(run: Run, thing: Any, write: bool) -> Touched:
    """Every element of a container and its structure, read or changed in one step."""
    indices: Iterable[Any] = ()
    if len(thing) > LARGE:
        return [structure(run, thing, True)]  # conflicts with every step on an element, and costs one place
    if isinstance(thing, dict):
        indices = [index for index in dict.keys(thing) if _is_simple(index)]
    elif isinstance(thing, (list, deque)):
        indices = range(len(thing))
    return [structure(run, thing, write), *(_element_place(run, thing, index, write) for index in indices)]


def variable(run: Run, place: Any, name: str, write: bool) -> Touched:
    """A global (its module's dict is given) or a closure's cell (in a function that captures it)."""
    if isinstance(place, dict):
        return element(run, place, name, write)
    captured = place.__closure__[place.__code__.co_freevars.index(name)]
    return [attribute(run, captured, name, write)]


_kinds: dict[tuple[type, str], tuple[str, Any]] = {}


def kind_of(owner: type, name: str) -> tuple[str, Any]:
    """What `name` is on instances of `owner`: (kind, the class or descriptor)."""
    found = _kinds.get((owner, name))
    if found is None:
        found = _kinds[(owner, name)] = _kind_of(owner, name)
    return found


def _kind_of(owner: type, name: str) -> tuple[str, Any]:
    if issubclass(owner, threading.local):
        return "own", None
    if name == "__dict__":
        return "dict", None
    for base in owner.__mro__:
        if name not in vars(base):
            continue
        value = vars(base)[name]
        if isinstance(value, SLOTS):
            return "data", None
        if isinstance(value, functools.cached_property):
            return "lazy", value
        if isinstance(value, CODE) or hasattr(type(value), "__get__"):
            return "code", value
        return "class", base
    return "data", None


def forget_kinds() -> None:
    """Needed after a class was changed, and when an exploration ends."""
    _kinds.clear()


def container_step(run: Run, thing: Any, name: str, arguments: tuple[Any, ...]) -> Touched:
    """What a method of a built-in container touches."""
    if isinstance(thing, dict):
        if arguments and (name in ELEMENT_READERS or name in ELEMENT_WRITERS):
            return element(run, thing, arguments[0], name in ELEMENT_WRITERS, name in ("pop", "__delitem__"))
        if name in ("keys", "values", "items"):
            return []  # only a view; looking at it is the step
    elif isinstance(thing, (list, deque)) and name == "__getitem__":
        return element(run, thing, arguments[0], False)
    elif name in ("append", "appendleft", "add", "discard", "extend"):
        return [structure(run, thing, True)]
    if name in ("__len__", "__bool__", "__contains__") and not isinstance(thing, (list, deque)):
        return [structure(run, thing, False)]
    return whole(run, thing, name in WRITERS)


def reads(run: Run, thing: Any) -> Touched:
    """What a look at all of a container touches; nothing for anything that is none."""
    if not issubclass(type(thing), CONTAINERS):
        return []
    return whole(run, run.objects.views.get(id(thing), thing), False)


def note_view(run: Run, view: Any, owner: Any) -> None:
    """Remembers which dict a view shows."""
    run.objects.kept[id(view)] = view
    run.objects.views[id(view)] = owner
