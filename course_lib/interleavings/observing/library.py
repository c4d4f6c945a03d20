"""Code that the explorer did not rewrite beforehand: the standard library's, and code of unknown origin.

The library's waiting runs on the cooperative primitives, so most of it can run as it is. Where its Python code itself
takes several steps on shared data (`Counter.update`, `Event.is_set`, `cached_property`) a rewritten twin runs instead.
Anything else that was not rewritten is reported, and the exploration can't be a proof.
"""

from __future__ import annotations

import collections
import collections.abc
import functools
import inspect
import itertools
import os
import sqlite3
import sys
import threading
import types
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course_lib.interleavings.exploring.order import Touched
from course_lib.interleavings.exploring.scheduler import IN_ITS_PLACE, Run, here
from course_lib.interleavings.exploring.worker import Worker
from course_lib.interleavings.observing import places
from course_lib.interleavings.observing.places import CONTAINERS, SCALARS
from course_lib.interleavings.rewriting.registry import INSTALLED, is_standard, source_of
from course_lib.interleavings.rewriting.rewriting import compile_instrumented

_OWN = str(Path(__file__).parents[2])
_PACKAGE = __package__.rpartition(".")[0]  # the explorer itself
_GENERATED = frozenset(
    {
        "__init__",
        "__eq__",
        "__repr__",
        "__hash__",
        "__lt__",
        "__le__",
        "__gt__",
        "__ge__",
        "__new__",
        "__setattr__",
        "__delattr__",
        "__replace__",
        "getvalue",
        "setvalue",
        "getraw",
        "setraw",
    }
)
# modules whose own steps are seen, through twins of their functions
_TWINNED = frozenset(["collections", "_collections_abc", "functools", "weakref", "_weakrefset", "pathlib"])
REAL_LOCK = "a lock that was made before the explorer could replace it"
OF_ASYNCIO = "the order of tasks is asyncio's own: hand in functions of threads, without the event loop"
BLOCKING = (
    "select",
    "socket",
    "_socket",
    "fcntl",
    "subprocess",
    "_posixsubprocess",
    "asyncio",
    "selectors",
    "signal",
    "multiprocessing.",
    "_multiprocessing",
    "_posixshmem",
)
# the library's modules whose waiting and whose steps the explorer sees, and those that only describe or format
_SEEN_INSIDE = frozenset(
    {"threading", "queue", "contextlib", "collections", "_collections_abc", "functools", "concurrent", "weakref"}
    | {"enum", "typing", "abc", "dataclasses", "logging", "random", "warnings", "multiprocessing"}
)
_FILES = frozenset({"shutil", "tempfile", "os", "io", "posixpath", "ntpath", "glob", "shelve", "pickle"})
_SAMPLES: tuple[Any, ...] = ([], {}, (), "", set(), range(1), {}.values(), {}.items())
DATABASE_FILE = (
    "sqlite3.connect opened a file, and for its locks SQLite waits where the explorer can't look; hand the threads one "
    "connection that setup makes, or an object in the database's place whose read and write are methods of their own"
)
ITERATORS: tuple[type, ...] = tuple(
    {type(iter(one)) for one in _SAMPLES}
    | {
        types.GeneratorType,
        map,
        filter,
        zip,
        enumerate,
        reversed,
        itertools.count,
        itertools.cycle,
        itertools.chain,
        itertools.islice,
        itertools.repeat,
        itertools.accumulate,
    }
)


def is_shared_iterator(thing: Any) -> bool:
    return isinstance(thing, ITERATORS)


def given(worker: Worker, arguments: tuple[Any, ...], only_read: bool) -> Touched:
    """What a C function that is not known more closely may do to what it is given."""
    run, touched = worker.run, []
    for argument in arguments:
        if issubclass(type(argument), CONTAINERS):
            touched += places.whole(run, places.shown_by(run, argument), not only_read)
        elif is_shared_iterator(argument):
            touched += gone_through(run, argument)
        elif not only_read and type(argument) not in SCALARS and not isinstance(argument, type):
            touched += [places.attribute(run, argument, name, False) for name in getattr(argument, "__dict__", ())]
    return touched


def gone_through(run: Run, thing: Any) -> Touched:
    """What C code touches that goes through `thing`; nothing where that is neither a container nor an iterator."""
    return places.reads(run, thing) or ([places.structure(run, thing, True)] if is_shared_iterator(thing) else [])


def is_rewritten(owner: type) -> bool:
    """Whether making an instance runs code of the program: its steps are seen by themselves."""
    makers = getattr(owner, "__init__", None), getattr(owner, "__new__", None)
    return any(isinstance(one, types.FunctionType) and origin(one.__code__) == "rewritten" for one in makers)


def touched_by(worker: Worker, function: types.FunctionType, arguments: tuple[Any, ...]) -> Touched:
    """What a Python function of the library touches where it runs as a whole; nothing where its steps are seen.

    It really takes many steps. Where others touch the same things without a lock, the search can't be a proof.
    """
    module = module_of(function).split(".")[0]
    if origin(function.__code__) != "library" or module in _SEEN_INSIDE | _TWINNED:
        return []
    touched = given(worker, arguments, False)
    for thing in arguments:
        if not (type(thing) in SCALARS or isinstance(thing, (type, *CONTAINERS)) or is_shared_iterator(thing)):
            names = list(getattr(thing, "__dict__", ()))
            touched += [places.attribute(worker.run, thing, name, True) for name in names]
            touched.append(places.structure(worker.run, thing, True))
    return [*touched, places.world(worker.run, "files")] if module in _FILES else touched


def module_of(function: types.FunctionType) -> str:
    """The module whose code this is; `functools.wraps` makes a function say that it is of another one."""
    return str(function.__globals__.get("__name__", ""))


def is_of_the_library(function: Any) -> bool:
    """Whether this is a Python function of the standard library."""
    return isinstance(function, types.FunctionType) and origin(function.__code__) == "library"


def is_python(function: Any) -> bool:
    """Whether calling it runs Python code in which a thread can be stopped."""
    if isinstance(function, types.MethodType):
        return is_python(function.__func__)
    if isinstance(function, functools.partial):
        return is_python(function.func)
    if isinstance(function, type):
        if function.__module__.startswith(_PACKAGE):
            return False  # the twin of something that is written in C
        return any(isinstance(function.__dict__.get(name), types.FunctionType) for name in ("__init__", "__new__"))
    return isinstance(function, types.FunctionType)


def origin(code: types.CodeType) -> str:
    """ "rewritten", "library", "own" or "unknown"."""
    filename = code.co_filename
    if filename.startswith(_OWN):
        return "own"
    if filename.startswith("<frozen") or is_standard(filename):
        return "library"
    if source_of(code) is not None:
        return "rewritten"
    if filename.startswith("<") and (code.co_name in _GENERATED or code.co_varnames[:1] == ("_cls",)):
        return "library"  # made by dataclasses, namedtuple or multiprocessing
    return "unknown"


def is_of_the_program(namespace: dict[str, Any]) -> bool:
    """Whether these are the names of a module that is neither the library's nor the explorer's."""
    return home_of(namespace) in ("program", "installed")


def home_of(namespace: dict[str, Any]) -> str:
    """Whose the names of a module are: "own", "library", "installed", or else "program"."""
    filename = str(namespace.get("__file__") or getattr(namespace.get("__spec__"), "origin", None) or "")
    if filename.startswith(_OWN):
        return "own"
    if is_standard(filename) or filename in ("built-in", "frozen"):
        return "library"
    return "installed" if any(folder in filename for folder in INSTALLED) else "program"


def python_call(worker: Worker, function: Any, arguments: tuple[Any, ...], keywords: Any) -> Any:
    """Calls a Python function; a twin of it where the library's own steps matter."""
    if isinstance(function, types.FunctionType) and origin(function.__code__) == "library":
        refuse_blocking(worker, function, arguments)
        if module_of(function).split(".")[0] in _TWINNED or _is_event(function):
            _look_at_the_living(worker, function)
            function = _twin(function)
    if worker.inside is None:
        return function(*arguments, **keywords)
    outer, worker.inside = worker.inside, None  # called by the program itself, not by the C code it was called from
    try:
        return function(*arguments, **keywords)
    finally:
        worker.inside = outer


def _is_event(function: types.FunctionType) -> bool:
    return module_of(function) == "threading" and function.__qualname__.startswith("Event.")


_twins: dict[types.FunctionType, Any] = {}


def _twin(function: types.FunctionType) -> Any:
    """The same function from rewritten source; the function itself where its source can't be had."""
    made = _twins.get(function)
    if made is None:
        made = _twins[function] = _make_twin(function) or function
    return made


def _make_twin(function: types.FunctionType) -> Any:
    code = _library_code(function.__code__.co_filename).get(
        (function.__code__.co_name, function.__code__.co_firstlineno)
    )
    if code is None or code.co_freevars != function.__code__.co_freevars:
        return None
    made = types.FunctionType(
        code, function.__globals__, function.__name__, function.__defaults__, function.__closure__
    )
    made.__kwdefaults__ = function.__kwdefaults__
    return made


_library: dict[str, dict[tuple[str, int], types.CodeType]] = {}


def _library_code(filename: str) -> dict[tuple[str, int], types.CodeType]:
    """All functions of a module of the standard library, rewritten, by name and line."""
    if filename not in _library:
        path = filename
        if filename.startswith("<frozen "):
            path = sys.modules[filename[8:-1]].__file__ or ""
        module = compile_instrumented(Path(path).read_bytes(), filename)
        _library[filename] = {(code.co_name, code.co_firstlineno): code for code in all_code(module)}
    return _library[filename]


def all_code(code: types.CodeType) -> Iterator[types.CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield constant
            yield from all_code(constant)


def lazy_attribute(worker: Worker, thing: Any, name: str) -> Any:
    """A `cached_property` that is not there yet: its steps, one by one."""
    _, descriptor = places.kind_of(type(thing), name)
    return _twin(functools.cached_property.__get__)(descriptor, thing, type(thing))  # type: ignore[arg-type]


def twinned(thing: Any, name: str) -> Any:
    """The special method `name` of a library's own class whose steps are seen, bound to `thing`; else None.

    `key in cache` and `cache[key]` of a WeakValueDictionary are calls in disguise.
    """
    kind = type(thing)
    if kind.__module__.split(".")[0] not in _TWINNED or issubclass(kind, CONTAINERS):
        return None
    method = getattr(kind, name, None)
    if isinstance(method, types.FunctionType) and module_of(method).split(".")[0] in _TWINNED:
        return functools.partial(_called, method, thing)
    return None


def _called(method: types.FunctionType, thing: Any, *arguments: Any) -> Any:
    worker = here()
    assert worker is not None
    _look_at_the_living(worker, method)
    return _twin(method)(thing, *arguments)


def _look_at_the_living(worker: Worker, function: types.FunctionType) -> None:
    """A container of weak references changes by itself when one of its objects dies."""
    if module_of(function) in ("weakref", "_weakrefset"):
        worker.run.access(worker, [places.living(worker.run)])


def foreign_element(run: Run, thing: Any, index: Any, write: bool) -> Touched:
    """An element of a library's own mapping, such as UserDict or WeakKeyDictionary; nothing for rewritten classes."""
    method = getattr(type(thing), "__setitem__" if write else "__getitem__", None)
    if isinstance(method, types.FunctionType) and origin(method.__code__) == "rewritten":
        return []
    return (
        places.element(run, thing, index, write) if places._is_simple(index) else [places.structure(run, thing, write)]
    )


def refuse_real_lock(worker: Worker, owner: Any, name: str) -> None:
    """A lock that was made before the exploration and is held would block for good."""
    if isinstance(owner, places.REAL_LOCKS) and name in ("acquire", "__enter__", "acquire_lock"):
        worker.run.stop(worker, "undecided", REAL_LOCK)


def refuse_blocking(worker: Worker, function: Any, arguments: tuple[Any, ...] = ()) -> None:
    """Stops the exploration before a call that could wait for something outside the program."""
    module = getattr(function, "__module__", None) or ""
    name = getattr(function, "__name__", "")
    blocks = module in BLOCKING or module.startswith((*(f"{one}." for one in BLOCKING), "multiprocessing."))
    if module.startswith("multiprocessing.sharedctypes"):
        return
    if blocks or name in ("input", "fork", "start_new_thread", "start_new", "waitpid", "pause"):
        advice = OF_ASYNCIO if module.startswith("asyncio") else IN_ITS_PLACE
        reason = f"{module}.{name} may wait for something that the explorer doesn't control; {advice}"
        for coroutine in filter(inspect.iscoroutine, arguments):
            coroutine.close()  # nobody will await it, and nobody needs to be told
        worker.run.stop(worker, "undecided", reason)


def refuse_database_file(worker: Worker, function: Any, arguments: tuple[Any, ...], keywords: Any) -> None:
    """Stops the exploration before SQLite can wait, inside C, for what another thread's transaction has locked."""
    if function is not sqlite3.connect and function is not sqlite3.Connection:
        return
    name = arguments[0] if arguments else keywords.get("database")
    if os.fspath(name) not in (":memory:", "", b":memory:", b""):
        worker.run.stop(worker, "undecided", DATABASE_FILE)


def prepare_twins() -> None:
    """Rewrites the library modules that twins come from: a fifth of a second, once, before anything is measured."""
    for function in (
        threading.Event.is_set,
        collections.Counter.update,
        functools.cached_property.__get__,
        collections.abc.MutableMapping.setdefault,
        weakref.WeakValueDictionary.get,
        weakref.WeakSet.add,
        Path.read_text,
    ):
        _twin(function)  # type: ignore[arg-type]
