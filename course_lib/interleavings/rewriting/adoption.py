"""Rewrites functions that are already there: those of threads, those that are seen to run, and all of their modules.

Their code is exchanged for the length of a `with` block and given back afterwards, also when something goes wrong.
Their source must be at hand, in a file or in a notebook's cell; a function without source stays as it is, and is
reported when it runs.
"""

from __future__ import annotations

import ast
import functools
import gc
import linecache
import sys
import types
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from course_lib.interleavings.observing import library, places
from course_lib.interleavings.rewriting.rewriting import KEPT, compile_instrumented


def functions_behind(things: Iterable[Any]) -> list[types.FunctionType]:
    """The functions among `things`, and all functions and methods of the modules that these come from."""
    found: dict[int, types.FunctionType] = {}
    walked: set[int] = set()  # modules' dicts
    todo = [function for thing in things for function in _functions_in(thing)]
    while todo:
        function = todo.pop()
        if id(function) in found or library.origin(function.__code__) in ("library", "own"):
            continue
        found[id(function)] = function
        names = function.__globals__
        if id(names) not in walked:
            walked.add(id(names))
            for value in list(names.values()):
                todo += [one for one in _functions_in(value) if one.__globals__ is names]
        for cell in function.__closure__ or ():
            todo += list(_functions_in(cell.cell_contents)) if cell != types.CellType() else []
    return list(found.values())


class Newcomers:
    """Finds functions that are not among those that are known already."""

    def __init__(self, known: Iterable[types.FunctionType]) -> None:
        self._known = frozenset(map(id, known))
        self._found: dict[int, list[types.FunctionType]] = {}

    def that_run(self, code: types.CodeType) -> list[types.FunctionType]:
        """Those that run `code`, with all of their modules; none where its source can't be read."""
        if id(code) not in self._found:
            readable = bool(linecache.getlines(code.co_filename))
            there = functions_behind(_functions_of(code)) if readable else []
            self._found[id(code)] = [function for function in there if id(function) not in self._known]
        return self._found[id(code)]

    def living_in(self, namespaces: Iterable[dict[str, Any]]) -> list[types.FunctionType]:
        """Those of whole modules."""
        there = functions_behind(value for namespace in namespaces for value in list(namespace.values()))
        return [function for function in there if id(function) not in self._known]


def _functions_of(code: types.CodeType) -> list[types.FunctionType]:
    """Wherever they are kept: in a module, a class, a closure, a default, another object."""
    referrers = [one for one in gc.get_referrers(code) if isinstance(one, types.FunctionType)]
    return referrers or [
        function
        for module in list(sys.modules.values())
        if getattr(module, "__file__", None) == code.co_filename
        for value in list(vars(module).values())
        for function in _functions_in(value)
        if function.__code__ is code
    ]


def namespaces_of(functions: Iterable[types.FunctionType]) -> list[dict[str, Any]]:
    """The module dicts that functions live in."""
    return different(one.__globals__ for one in functions)


def different(namespaces: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each of them once."""
    return list({id(one): one for one in namespaces}.values())


def _functions_in(thing: Any) -> Iterator[types.FunctionType]:
    if isinstance(thing, types.MethodType):
        thing = thing.__func__
    if isinstance(thing, (functools.partial, functools.partialmethod, functools.cached_property)):
        thing = thing.func
    if isinstance(thing, places.CACHED):
        thing = thing.__wrapped__
    if isinstance(thing, types.FunctionType):
        yield thing
        if hasattr(thing, "__wrapped__"):
            yield from _functions_in(thing.__wrapped__)
    elif isinstance(thing, type):
        for value in list(vars(thing).values()):
            if isinstance(value, property):
                for part in (value.fget, value.fset, value.fdel):
                    yield from _functions_in(part)
            else:
                yield from _functions_in(getattr(value, "__func__", value) if not isinstance(value, type) else None)


@contextmanager
def rewritten(functions: Iterable[types.FunctionType]) -> Iterator[None]:
    """Inside the block each function runs its rewritten code, where its source can be read."""
    before = [(function, function.__code__) for function in functions]
    known: dict[str, Twins] = {}
    try:
        for function, code in before:
            filename = code.co_filename
            if filename not in known:
                known[filename] = _twins_in(filename, function)
            new = known[filename].get(code)
            if new is not None and new.co_freevars == code.co_freevars:
                function.__code__ = new
        yield
    finally:
        for function, code in before:
            function.__code__ = code


Twins = dict[types.CodeType, types.CodeType]
_FUTURE = 0x1FF0000  # the flags that `from __future__ import …` leaves in a code object


def _twins_in(filename: str, function: types.FunctionType) -> Twins:
    """Each function's code in a file with its rewritten twin; empty where the source can't be read."""
    text = "".join(linecache.getlines(filename, function.__globals__))
    flags = function.__code__.co_flags & _FUTURE | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        return _twins_of(text, filename, flags)
    except (SyntaxError, ValueError):
        return {}


@functools.lru_cache(maxsize=KEPT)
def _twins_of(text: str, filename: str, flags: int) -> Twins:
    """Code and twin have the same name, line and arguments, and stand in the same order."""
    plain = compile(text, filename, "exec", flags, dont_inherit=True)
    twins: dict[tuple[object, ...], list[types.CodeType]] = {}
    for code in library.all_code(compile_instrumented(text, filename, flags)):
        twins.setdefault(_key(code), []).append(code)
    return {code: twins[_key(code)].pop(0) for code in library.all_code(plain) if twins.get(_key(code))}


def _key(code: types.CodeType) -> tuple[object, ...]:
    return code.co_qualname, code.co_firstlineno, code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
