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

from course_lib.interleavings.exploring.order import Key, Place, Touched
from course_lib.interleavings.exploring.scheduler import LIVING, Run

VIEWS: tuple[type, ...] = type({}.keys()), type({}.values()), type({}.items())
CONTAINERS: tuple[type, ...] = (list, dict, set, deque, bytearray, array.array, *VIEWS)
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
CACHED = functools._lru_cache_wrapper
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
    number = run.objects.number(thing)
    found = run.objects.labels.get(number)
    if found is None:
        found = run.objects.labels[number] = ("made", type(thing).__qualname__)
    return found


def name_parts(run: Run, state: Any, limit: int = 2000) -> None:
    """Gives every object that can be reached from `state` a name of its own."""
    labels = run.objects.labels
    queue: deque[tuple[tuple[str, ...], Any]] = deque([(("state",), state)])
    while queue and len(labels) < limit:
        path, thing = queue.popleft()
        if isinstance(thing, type) or (
            type(thing) in SCALARS and not isinstance(thing, (tuple, types.FunctionType, types.MethodType))
        ):
            continue
        number = run.objects.number(thing)
        if number not in labels:
            labels[number] = path
            queue.extend(((*path, name), part) for name, part in _parts(thing))
    run.objects.named = run.objects.highest()


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
    for owner in type(thing).__mro__[:-1]:  # `object` has none
        for name, slot in list(vars(owner).items()):
            if isinstance(slot, types.MemberDescriptorType) and owner.__module__ not in ("builtins", "threading"):
                try:
                    parts.append((name, slot.__get__(thing)))
                except AttributeError:
                    continue
    return parts


def attribute(run: Run, thing: Any, name: str, write: bool) -> tuple[Key, Place, bool]:
    key = (run.objects.number(thing), "a", name)
    place = run.order.places.get(key)
    if place is None:
        place = run.order.place(key, lambda: (label_of(run, thing), "a", name))
    return key, place, write


def structure(run: Run, thing: Any, write: bool) -> tuple[Key, Place, bool]:
    """Which elements a container has, and in what order; of an iterator, how far it is."""
    key = (run.objects.number(thing), "*")
    place = run.order.places.get(key)
    if place is None:
        place = run.order.place(key, lambda: (label_of(run, thing), "*"))
    return key, place, write


def world(run: Run, name: str, write: bool = True) -> tuple[Key, Place, bool]:
    """Things outside the program's memory that behave as one shared place, such as all files."""
    key = ("world", name)
    return key, run.order.place(key, lambda: key), write


def living(run: Run) -> tuple[Key, Place, bool]:
    """Which of the objects that the program refers to weakly are alive, as seen by somebody who asks for one."""
    run.objects.let_go()
    return LIVING, run.order.place(LIVING, lambda: LIVING), False


def element(run: Run, thing: Any, index: Any, write: bool, moves: bool = False) -> Touched:
    """An element's own place, and the container's structure: read, or changed where an element comes or goes."""
    if run.objects.aliases and isinstance(index, str):
        owner = run.objects.thing(run.objects.aliases.get(run.objects.number(thing)))
        if owner is not None:
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


def _element_place(run: Run, thing: Any, index: Any, write: bool) -> tuple[Key, Place, bool]:
    key = (run.objects.number(thing), "k", index)
    place = run.order.places.get(key)
    if place is None:
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
            changes = name in ELEMENT_WRITERS and not _only_looks(thing, name, arguments)
            return element(run, thing, arguments[0], changes, changes and name in ("pop", "__delitem__"))
        if name in ("keys", "values", "items"):
            return []  # only a view; looking at it is the step
    elif isinstance(thing, (list, deque)) and name == "__getitem__":
        return element(run, thing, arguments[0], False)
    elif isinstance(thing, set) and name in ("add", "discard") and arguments and _is_simple(arguments[0]):
        return [structure(run, thing, set.__contains__(thing, arguments[0]) is (name == "discard"))]
    elif name in ("append", "appendleft", "add", "discard", "extend"):
        return [structure(run, thing, True)]
    if name in ("__len__", "__bool__", "__contains__") and not isinstance(thing, (list, deque)):
        return [structure(run, thing, False)]
    return whole(run, thing, name in WRITERS)


def _only_looks(thing: dict[Any, Any], name: str, arguments: tuple[Any, ...]) -> bool:
    """Whether `setdefault` finds its key, or `pop` with a default does not: then nothing changes."""
    if name not in ("setdefault", "pop") or not _is_simple(arguments[0]):
        return False
    return dict.__contains__(thing, arguments[0]) is (name == "setdefault")


def reads(run: Run, thing: Any) -> Touched:
    """What a look at all of a container, a view or an iterator over one touches; nothing for anything else."""
    if run.objects.sources:
        sources = run.objects.sources.get(run.objects.known(thing) or 0)
        if sources is not None:
            own = [] if issubclass(type(thing), CONTAINERS) else [structure(run, thing, True)]
            return own + [place for source in sources for place in reads(run, source)]
    return whole(run, thing, False) if issubclass(type(thing), CONTAINERS) else []


def note_sources(run: Run, thing: Any, sources: Iterable[Any]) -> None:
    """Remembers what a view shows, or what an iterator goes through."""
    run.objects.sources[run.objects.number(thing)] = tuple(sources)


def shown_by(run: Run, view: Any) -> Any:
    """The dict that a view shows; anything else is itself."""
    sources = run.objects.sources.get(run.objects.known(view) or 0)
    return sources[0] if sources and isinstance(view, VIEWS) else view
