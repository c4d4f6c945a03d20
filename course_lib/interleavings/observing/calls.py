"""Calls in rewritten code: what a function of the interpreter or of the standard library does to shared places."""

from __future__ import annotations

import functools
import operator
import random
import types
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
        iter,
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
    touched = places.container_step(run, thing, name, arguments)
    for argument in arguments:
        if issubclass(type(argument), CONTAINERS):
            touched = touched + places.reads(run, argument)
    result = _step(worker, touched, site, lambda: function(*arguments, **keywords))
    if name in ("keys", "values", "items") and isinstance(thing, dict):
        places.note_view(run, result, thing)
    return result


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
    if isinstance(function, type):
        return _made(worker, site, function, arguments, keywords)
    if kind is functools.partial:
        merged = {**function.keywords, **keywords}
        return run_call(worker, site, function.func, (*function.args, *arguments), merged)
    if isinstance(function, UNBOUND) and arguments:
        return _unbound(worker, site, function, arguments, keywords)
    if isinstance(function, BOUND):
        return _built_in(worker, site, function, arguments, keywords)
    if type(type(function).__dict__.get("__call__")) is types.FunctionType:
        return library.python_call(worker, type(function).__call__, (function, *arguments), keywords)
    return _step(worker, library.given(worker, arguments, False), site, lambda: function(*arguments, **keywords))


def _python(worker: Worker, site: Any, function: Any, arguments: tuple[Any, ...], keywords: Any) -> Any:
    """A function written in Python; one of the library that runs as a whole is a step on what it is given."""
    touched = library.touched_by(worker, function, arguments)
    if touched:
        worker.watch.writes += 1
        return _step(worker, touched, site, lambda: library.python_call(worker, function, arguments, keywords))
    return library.python_call(worker, function, arguments, keywords)


def _made(worker: Worker, site: Any, owner: type, arguments: tuple[Any, ...], keywords: Any) -> Any:
    """A class is called: containers given to it are read."""
    library.refuse_blocking(worker, owner)
    if owner in (map, filter, zip, enumerate, reversed, range, type, super):
        return owner(*arguments, **keywords)
    touched = [part for argument in arguments for part in places.reads(worker.run, argument)]
    iterators = [argument for argument in arguments if library.is_shared_iterator(argument)]
    touched += [places.structure(worker.run, argument, True) for argument in iterators]
    return _step(worker, touched, site, lambda: owner(*arguments, **keywords))


def _unbound(worker: Worker, site: Any, function: Any, arguments: tuple[Any, ...], keywords: Any) -> Any:
    """`dict.get(d, key)`, `object.__setattr__(self, name, value)`."""
    thing, *rest = arguments
    name = function.__name__
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
    library.refuse_blocking(worker, function)
    if function in IGNORED:
        return function(*arguments, **keywords)
    outside = OUTSIDE.get(getattr(function, "__module__", None) or "")
    if outside is not None:
        worker.watch.writes += 1
        return _step(worker, [places.world(worker.run, outside)], site, lambda: function(*arguments, **keywords))
    if function not in LOOKERS:
        worker.watch.writes += 1
    touched = library.given(worker, arguments, function in LOOKERS)
    return _step(worker, touched, site, lambda: function(*arguments, **keywords))


def source(text: Any, mode: str) -> Any:
    """Source handed to `exec` or `eval`, rewritten; a code object as it is."""
    if not isinstance(text, (str, bytes)):
        return text
    stripped = text.lstrip(" \t") if mode == "eval" and isinstance(text, str) else text
    return compile_instrumented(stripped, "<string>", 0, mode)


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
    iterator = arguments[0]
    worker.watch.writes += 1
    return _step(worker, [places.structure(worker.run, iterator, True)], site, lambda: next(*arguments))


def _len(worker: Worker, site: Any, arguments: tuple[Any, ...]) -> int:
    thing: Any = arguments[0]
    if issubclass(type(thing), CONTAINERS):
        owner = worker.run.objects.views.get(id(thing), thing)
        size: int = _step(worker, [places.structure(worker.run, owner, False)], site, lambda: len(arguments[0]), "read")
        return size
    return len(arguments[0])


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
    len: _len,
    compile: _compile,
    setattr: lambda worker, site, given: set_attr(given[2], given[0], given[1], site),
    delattr: lambda worker, site, given: del_attr(given[0], given[1], site),
    operator.getitem: lambda worker, site, given: item(given[0], given[1], site),
    operator.setitem: lambda worker, site, given: set_item(given[2], given[0], given[1], site),
    operator.delitem: lambda worker, site, given: del_item(given[0], given[1], site),
    operator.contains: lambda worker, site, given: _contains(worker, given, site),
}
