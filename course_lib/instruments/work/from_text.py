"""`compile`, `eval` and `exec` as rewritten code calls them: what they make of a text counts its work as well.

A text or a tree is rewritten before it is compiled; code that is compiled already is run as it is. Names are looked up
where the caller stands. What it can't see: code that was compiled before anything was counted.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import sys
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

from course_lib.instruments.work import hooks
from course_lib.instruments.work.rewriting import compile_counted

_Names = dict[str, Any]
_SOURCES = (str, bytes, ast.AST)


def _compile(source: Any, filename: Any, mode: str, flags: int = 0, *more: Any, **named: Any) -> Any:
    plain = compile(source, filename, mode, flags, *more, **named)
    is_code = isinstance(plain, CodeType) and isinstance(source, _SOURCES)
    return compile_counted(source, filename, flags, mode) if is_code else plain


def _eval(source: Any, globals: _Names | None = None, locals: Any = None, /) -> Any:  # noqa: A002  # eval's own names
    text = source.lstrip(" \t") if isinstance(source, str) else source
    return eval(_counted(text, "eval"), *_where(globals, locals))  # noqa: S307  # what the caller would have run


def _exec(source: Any, globals: _Names | None = None, locals: Any = None, /, **closure: Any) -> None:  # noqa: A002
    exec(_counted(source, "exec"), *_where(globals, locals), **closure)  # noqa: S102  # what the caller would have run


def _counted(source: Any, mode: str) -> CodeType:
    code: CodeType = source if isinstance(source, CodeType) else _compile(source, "<string>", mode)
    return code


def _where(names: _Names | None, inner: Any) -> tuple[_Names, Any]:
    """The two namespaces to run in: those of the caller where none are given."""
    if names is None:
        frame = _caller()
        names = frame.f_globals
        if inner is None:
            is_function = frame.f_code.co_flags & inspect.CO_OPTIMIZED
            inner = dict(frame.f_locals) if is_function else frame.f_locals
    _know_the_hook(names)
    return names, names if inner is None else inner


def _caller() -> FrameType:
    frame = sys._getframe(1)
    while frame.f_globals["__name__"] in (__name__, hooks.__name__) and frame.f_back:
        frame = frame.f_back
    return frame


def _know_the_hook(names: _Names) -> None:
    """Where the text is given built-ins of its own, the hook is put among them."""
    own = names.get("__builtins__", builtins)
    if isinstance(own, dict):
        own.setdefault(hooks.HOOK, hooks.Hooks)
    elif own is not builtins:
        setattr(own, hooks.HOOK, hooks.Hooks)


EXCHANGED: dict[Any, Callable[..., Any]] = {compile: _compile, eval: _eval, exec: _exec}
