"""Lets functions that are there already run their rewritten code, where their source can be read.

The submission's or the reader's own functions are exchanged before they run; those of a library, with all of their
module, when rewritten code first calls one of them. All get their own code back in the end. What it can't see:
functions that were made inside another function before, and modules without source, such as those frozen into Python.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import linecache
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FunctionType, MethodType
from typing import Any

from course_lib.instruments.work import from_text, hooks
from course_lib.instruments.work.rewriting import compile_counted

_OWN = str(Path(__file__).resolve().parents[2])
_FUTURE = 0x1FF0000
_MOST_FILES = 64

_Twins = dict[object, CodeType]  # by a function's code, and by its name, line and arguments
_known: dict[tuple[str, int], _Twins] = {}  # rewritten files, by name and a digest of the text
_exchanged: list[tuple[FunctionType, CodeType]] = []
_seen: set[str] = set()


def install() -> None:
    """Makes the hooks known to all code of the process."""
    setattr(builtins, hooks.HOOK, hooks.Hooks)
    hooks.adopt = _adopt
    hooks.exchanged.update(from_text.EXCHANGED)


@contextmanager
def rewritten(things: Iterable[Any]) -> Iterator[None]:
    """Inside the block the functions among `things`, and all of the modules that they come from, count their work."""
    install()
    try:
        for function in [one for thing in things for one in _functions_in(thing)]:
            _adopt(function)
        yield
    finally:
        for function, code in reversed(_exchanged):
            function.__code__ = code
        _exchanged.clear()
        _seen.clear()


def exchange_all(things: Iterable[Any]) -> None:
    """Exchanges these for good, wherever they live."""
    for thing in things:
        for function in _functions_in(thing):
            _exchange(function)


def prepare(*modules: str) -> None:
    """Rewrites the source of modules ahead, so that a process that is forked from here need not."""
    for name in modules:
        module = importlib.import_module(name)
        if module.__file__:
            _twins_in(module.__file__, vars(module))


def _adopt(function: FunctionType) -> None:
    """Exchanges the code of a function, of those that it closes over, and of all in its module."""
    filename = function.__code__.co_filename
    if function.__code__.co_names[:1] == (hooks.HOOK,) or _is_own(filename):
        return
    if filename not in _seen:
        _seen.add(filename)
        for value in [*function.__globals__.values()]:
            for one in _functions_in(value):
                if one.__globals__ is function.__globals__:
                    _exchange(one)
    _exchange(function)
    for cell in function.__closure__ or ():
        for one in _functions_in(_content(cell)):
            if one.__code__.co_names[:1] != (hooks.HOOK,):
                _adopt(one)


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # not filled yet
        return None


def _exchange(function: FunctionType) -> None:
    code = function.__code__
    if code.co_names[:1] == (hooks.HOOK,):
        return
    twins = _twins_in(code.co_filename, function.__globals__)
    twin = twins.get(code) or (twins.get(_key(code)) if _has_pytest_asserts(code) else None)
    if twin is not None and twin.co_freevars == code.co_freevars:
        _exchanged.append((function, code))
        function.__code__ = twin


def _has_pytest_asserts(code: CodeType) -> bool:
    """Whether pytest has rewritten the function's `assert`: its code is not that of its source any more."""
    return any(name.startswith("@py") for name in (*code.co_names, *code.co_varnames))


def _is_own(filename: str) -> bool:
    return filename.startswith(_OWN + os.sep) and f"{os.sep}testbeds{os.sep}" not in filename


def _functions_in(thing: Any) -> Iterator[FunctionType]:
    if isinstance(thing, MethodType):
        thing = thing.__func__
    if isinstance(thing, FunctionType):
        yield thing
        yield from _wrapped_in(thing)
    elif isinstance(thing, type):
        for value in [*vars(thing).values()]:
            for part in (value.fget, value.fset) if isinstance(value, property) else (value,):
                inner = getattr(part, "__func__", getattr(part, "func", part))
                if isinstance(inner, FunctionType):
                    yield from _functions_in(inner)
    else:
        yield from _wrapped_in(thing)


def _wrapped_in(thing: Any) -> Iterator[FunctionType]:
    """What a decorator went around, an `lru_cache` among them."""
    inner = vars(thing).get("__wrapped__") if hasattr(thing, "__dict__") else None
    if isinstance(inner, FunctionType):
        yield inner


def _twins_in(filename: str, names: dict[str, Any]) -> _Twins:
    """Each function's code in a file with its rewritten twin; empty where there is no source."""
    text = "".join(linecache.getlines(filename, names))
    key = filename, hash(text)
    known = _known.get(key)
    if known is None:
        known = _compiled(text, filename) if text else {}
        if len(_known) >= _MOST_FILES:
            _known.clear()  # perhaps by another thread
        _known[key] = known
    return known


def _compiled(text: str, filename: str) -> _Twins:
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        plain = compile(text, filename, "exec", flags, dont_inherit=True)
        flags |= plain.co_flags & _FUTURE
        counted = compile_counted(text, filename, flags)
    except (SyntaxError, ValueError, RecursionError):
        return {}
    found: _Twins = {}
    twins: dict[tuple[object, ...], list[CodeType]] = {}
    for code in _all_code(counted):
        twins.setdefault(_key(code), []).append(code)
    for code in _all_code(plain):
        if twins.get(_key(code)):
            found[code] = found[_key(code)] = twins[_key(code)].pop(0)
    return found


def _all_code(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _all_code(constant)


def _key(code: CodeType) -> tuple[object, ...]:
    return code.co_qualname, code.co_firstlineno, code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
