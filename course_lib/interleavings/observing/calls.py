"""Calls in rewritten code: what a function of the interpreter or of the standard library does to shared places."""

from __future__ import annotations

import functools
import operator
import random
import types
import weakref
from collections.abc import Callable
from typing import Any

from course_lib.interleavings.exploring.order import Touched
from course_lib.interleavings.exploring.scheduler import active, get_ident
from course_lib.interleavings.exploring.worker import Worker
from course_lib.interleavings.observing import library, places
from course_lib.interleavings.observing.places import CONTAINERS, SCALARS
from course_lib.interleavings.observing.steps import told
from course_lib.interleavings.observing.storage import attr, del_attr, del_item, item, set_attr, set_item
from course_lib.interleavings.rewriting.rewriting import compile_instrumented

BOUND = (types.BuiltinFunctionType, type([].__len__))
UNBOUND = (types.MethodDescriptorType, types.WrapperDescriptorType)

# built-ins that only look at their arguments, or do nothing to them at all
LOOKERS = frozenset(
    {
        len,
        sum,
        min,
        max,
        sorted,
        any,
        all,
        repr,
        ascii,
        format,
        print,
        hash,
        id,
        isinstance,
        issubclass,
        callable,
        type,
        abs,
        round,
        divmod,
        pow,
        ord,
        chr,
        bin,
        hex,
        oct,
        operator.index,
    }
)
IGNORED = frozenset({id, isinstance, issubclass, callable, type, hash})
# where a step is taken outside the memory that the explorer watches
OUTSIDE = {"posix": "files", "nt": "files", "io": "files", "_io": "files", "sqlite3": "sqlite3", "_sqlite3": "sqlite3"}


def call(site: Any, function: Any, /, *arguments: Any, **keywords: Any) -> Any:
    worker = active.get(get_ident())
    if worker is None:
        return function(*arguments, **keywords)
    return run_call(worker, site, function, arguments, keywords)


def method(site: Any, thing: Any, name: str, /, *arguments: Any, **keywords: Any) -> Any:
    worker = active.get(get_ident())
    if worker is None:
        return getattr(thing, name)(*arguments, **keywords)
    return run_method(worker, site, thing, name, arguments, keywords)


def run_method(worker: Worker, site: Any, thing: Any, name: str, arguments: tuple[Any, ...], keywords: Any) -> Any:
    if issubclass(type(thing), CONTAINERS):
        function = getattr(thing, name)
        if isinstance(function, BOUND):
            return _container_call(worker, site, thing, name, function, arguments, keywords)
        return run_call(worker, site, function, arguments, keywords)
    return run_call(worker, site, attr(thing, name, site), arguments, keywords)


def _container_call(
    worker: Worker,
    site: Any,
    thing: Any,
    name: str,
    function: Callable[..., Any],
    arguments: tuple[Any, ...],
    keywords: Any,
) -> Any:
    run = worker.run
    _publish(worker, arguments, keywords)

    def touch() -> Touched:
        given = [part for one in arguments if issubclass(type(one), CONTAINERS) for part in places.reads(run, one)]
        return places.container_step(run, thing, name, arguments) + given

    def act() -> Any:
        return function(*arguments, **keywords)

    touched = touch()
    result = told(worker, touched, site, "call", act, touch=touch) if touched else act()
    if name in ("keys", "values", "items") and isinstance(thing, dict):
        places.note_sources(run, result, [thing])
    return result


def _publish(worker: Worker, arguments: tuple[Any, ...], keywords: Any) -> None:
    """C code may keep what it is given."""
    for value in (*arguments, *keywords.values()):
        worker.run.objects.publish(value)


def _step(worker: Worker, touched: Touched, site: Any, act: Callable[[], Any], kind: str = "call") -> Any:
    return told(worker, touched, site, kind, act) if touched else act()


def run_call(worker: Worker, site: Any, function: Any, arguments: tuple[Any, ...], keywords: Any) -> Any:
    kind = type(function)
    if kind is types.FunctionType:
        return _python(worker, site, function, arguments, keywords)
    if kind is types.MethodType:
        if type(function.__func__) is types.FunctionType:
            return _python(worker, site, function.__func__, (function.__self__, *arguments), keywords)
        return run_call(worker, site, function.__func__, (function.__self__, *arguments), keywords)
    if isinstance(function, weakref.ReferenceType) and not arguments:
        return _referred(worker, site, function)
    if isinstance(function, type):
        return _made(worker, site, function, arguments, keywords)
    if kind is functools.partial:
        merged = {**function.keywords, **keywords}
        return run_call(worker, site, function.func, (*function.args, *arguments), merged)
    if isinstance(function, UNBOUND) and arguments:
        return _unbound(worker, site, function, arguments, keywords)
    if isinstance(function, BOUND):
        return _built_in(worker, site, function, arguments, keywords)
    if isinstance(getattr(kind, "__call__", None), types.FunctionType):  # noqa: B004  # the class's, not the object's
        return _python(worker, site, kind.__call__, (function, *arguments), keywords)
    touched = library.given(worker, arguments, False)
    if kind is places.CACHED:
        touched = [places.structure(worker.run, function, True), *touched]  # it looks, calls, and only then remembers
    return _step(worker, touched, site, lambda: function(*arguments, **keywords))


def _python(worker: Worker, site: Any, function: Any, arguments: tuple[Any, ...], keywords: Any) -> Any:
    """A function written in Python; one of the library that runs as a whole is a step on what it is given."""
    touched = library.touched_by(worker, function, arguments)
    if library.is_of_the_library(function):
        _publish(worker, arguments, keywords)
    if touched:
        name = f"{library.module_of(function)}.{function.__qualname__}"
        worker.run.run_whole.update((place.label, name) for _, place, _ in touched)
        worker.watch.writes += 1
        return _step(worker, touched, site, lambda: library.python_call(worker, function, arguments, keywords))
    return library.python_call(worker, function, arguments, keywords)


def _made(worker: Worker, site: Any, owner: type, arguments: tuple[Any, ...], keywords: Any) -> Any:
    """A class is called. One written in C reads the containers given to it; an iterator goes through them later."""
    library.refuse_blocking(worker, owner)
    library.refuse_database_file(worker, owner, arguments, keywords)
    if issubclass(owner, library.ITERATORS):
        made = owner(*arguments, **keywords)
        places.note_sources(worker.run, made, arguments)
        worker.run.objects.private.add(worker.run.objects.number(made))
        return made
    if owner in (range, type, super) or library.is_rewritten(owner):
        return library.python_call(worker, owner, arguments, keywords)
    if issubclass(owner, weakref.ReferenceType) and arguments:
        worker.run.objects.watched.add(worker.run.objects.number(arguments[0]))
    _publish(worker, arguments, keywords)
    touched = [part for argument in arguments for part in library.gone_through(worker.run, argument)]
    return _step(worker, touched, site, lambda: owner(*arguments, **keywords))


def _referred(worker: Worker, site: Any, reference: Any) -> Any:
    """A weak reference is asked for its object."""
    found = told(worker, [places.living(worker.run)], site, "read", reference)
    if found is not None:
        worker.run.objects.watched.add(worker.run.objects.number(found))
    worker.past.own_step("dead" if found is None else "alive")  # it may have died before anybody knew of it
    if found is not None:
        worker.run.pause_before_deaths(worker, "holds")  # as long as this thread has it, it lives for the others too
    return found


def _unbound(worker: Worker, site: Any, function: Any, arguments: tuple[Any, ...], keywords: Any) -> Any:
    """`dict.get(d, key)`, `object.__setattr__(self, name, value)`."""
    thing, *rest = arguments
    name = function.__name__
    _publish(worker, tuple(rest), keywords)
    if name == "__setattr__" and len(rest) == 2:
        return _set_raw(worker, site, thing, rest, lambda: function(*arguments))
    if name == "__getattribute__" and len(rest) == 1:
        return told(
            worker, [places.attribute(worker.run, thing, rest[0], False)], site, "read", lambda: function(*arguments)
        )
    if issubclass(type(thing), CONTAINERS):
        return _container_call(worker, site, thing, name, functools.partial(function, thing), tuple(rest), keywords)
    return _step(worker, library.given(worker, arguments, False), site, lambda: function(*arguments, **keywords))


def _set_raw(worker: Worker, site: Any, thing: Any, rest: Any, act: Callable[[], Any]) -> Any:
    name, value = rest
    return told(worker, [places.attribute(worker.run, thing, name, True)], site, "write", act, value)


def _built_in(worker: Worker, site: Any, function: Any, arguments: tuple[Any, ...], keywords: Any) -> Any:
    owner = getattr(function, "__self__", None)
    if owner is None or isinstance(owner, types.ModuleType):
        return _module_function(worker, site, function, arguments, keywords)
    name = function.__name__
    _publish(worker, arguments, keywords)
    if issubclass(type(owner), CONTAINERS):
        return _container_call(worker, site, owner, name, function, arguments, keywords)
    if name == "__setattr__" and len(arguments) == 2:
        return _set_raw(worker, site, owner, arguments, lambda: function(*arguments))
    if name in ("__getattribute__", "__getattr__") and len(arguments) == 1:
        return told(
            worker,
            [places.attribute(worker.run, owner, arguments[0], False)],
            site,
            "read",
            lambda: function(*arguments),
        )
    if type(owner) in SCALARS or isinstance(owner, type):
        touched = [part for argument in arguments for part in places.reads(worker.run, argument)]
        return _step(worker, touched, site, lambda: function(*arguments, **keywords))
    return _foreign_method(worker, site, owner, function, arguments, keywords)


def _foreign_method(worker: Worker, site: Any, owner: Any, function: Any, arguments: Any, keywords: Any) -> Any:
    """A method of an object written in C: one step that may change the object."""
    library.refuse_blocking(worker, type(owner))
    library.refuse_real_lock(worker, owner, function.__name__)
    if isinstance(owner, random.Random):
        return function(*arguments, **keywords)  # seeded before each run, and nobody's shared state
    outside = OUTSIDE.get(type(owner).__module__)
    if outside is not None and type(owner).__name__ not in ("StringIO", "BytesIO"):
        touched = [places.world(worker.run, outside)]
    else:
        touched = [places.structure(worker.run, owner, True)]
    touched += library.given(worker, arguments, True)
    return _step(worker, touched, site, lambda: function(*arguments, **keywords))


def _module_function(worker: Worker, site: Any, function: Any, arguments: tuple[Any, ...], keywords: Any) -> Any:
    special = _SPECIAL.get(function)
    if special is not None and not keywords:
        return special(worker, site, arguments)
    library.refuse_blocking(worker, function, arguments)
    library.refuse_database_file(worker, function, arguments, keywords)
    if function in IGNORED:
        return function(*arguments, **keywords)
    outside = OUTSIDE.get(getattr(function, "__module__", None) or "")
    if outside is not None:
        worker.watch.writes += 1
        return _step(worker, [places.world(worker.run, outside)], site, lambda: function(*arguments, **keywords))
    if function not in LOOKERS:
        _publish(worker, arguments, keywords)
        worker.watch.writes += 1
    touched = library.given(worker, arguments, function in LOOKERS)
    return _step(worker, touched, site, lambda: function(*arguments, **keywords))


def source(text: Any, mode: str) -> Any:
    """Source handed to `exec` or `eval`, rewritten; a code object as it is."""
    if not isinstance(text, (str, bytes)):
        return text
    stripped = text.lstrip(" \t") if mode == "eval" and isinstance(text, str) else text
    return compile_instrumented(stripped, "<string>", 0, mode, by_a_thread=active.get(get_ident()) is not None)


def _compile(worker: Any, site: Any, arguments: tuple[Any, ...]) -> Any:
    return compile(*arguments)


def _getattr(worker: Worker, site: Any, arguments: tuple[Any, ...]) -> Any:
    thing, name, *default = arguments
    try:
        return attr(thing, name, site)
    except AttributeError:
        if default:
            return default[0]
        raise


def _hasattr(worker: Worker, site: Any, arguments: tuple[Any, ...]) -> bool:
    try:
        attr(arguments[0], arguments[1], site)
    except AttributeError:
        return False
    return True


def _next(worker: Worker, site: Any, arguments: tuple[Any, ...]) -> Any:
    worker.watch.writes += 1
    touched = library.gone_through(worker.run, arguments[0]) or [places.structure(worker.run, arguments[0], True)]
    return _step(worker, touched, site, lambda: next(*arguments))


def _iter(worker: Worker, site: Any, arguments: tuple[Any, ...]) -> Any:
    made = _step(worker, library.given(worker, arguments, True), site, lambda: iter(*arguments))
    if library.is_shared_iterator(made) and made is not arguments[0]:
        places.note_sources(worker.run, made, arguments[:1])
    return made


def _len(worker: Worker, site: Any, arguments: tuple[Any, ...]) -> int:
    thing: Any = arguments[0]
    size_of = library.twinned(thing, "__len__")
    if size_of is not None:
        return int(size_of())
    if issubclass(type(thing), CONTAINERS):
        owner = places.shown_by(worker.run, thing)
        size: int = _step(worker, [places.structure(worker.run, owner, False)], site, lambda: len(arguments[0]), "read")
        return size
    return len(thing)


def _contains(worker: Worker, given: tuple[Any, ...], site: Any) -> bool:
    touched = (
        places.element(worker.run, given[0], given[1], False)
        if isinstance(given[0], dict)
        else places.reads(worker.run, given[0])
    )
    found: bool = _step(worker, touched, site, lambda: operator.contains(*given), "read")
    return found


_SPECIAL: dict[Any, Callable[[Worker, int, tuple[Any, ...]], Any]] = {
    getattr: _getattr,
    hasattr: _hasattr,
    next: _next,
    iter: _iter,
    len: _len,
    compile: _compile,
    setattr: lambda worker, site, given: set_attr(given[2], given[0], given[1], site),
    delattr: lambda worker, site, given: del_attr(given[0], given[1], site),
    operator.getitem: lambda worker, site, given: item(given[0], given[1], site),
    operator.setitem: lambda worker, site, given: set_item(given[2], given[0], given[1], site),
    operator.delitem: lambda worker, site, given: del_item(given[0], given[1], site),
    operator.contains: lambda worker, site, given: _contains(worker, given, site),
}
