"""Stand-ins for the constructors of files and bare descriptors.

Every file object, however it is wrapped, stands on one raw file, and every close of it ends there: so the raw file
reports. `open` is the standard library's own Python version of itself (`_pyio.open`), given that raw file.
"""

from __future__ import annotations

import _pyio  # type: ignore[import-not-found]  # a module of the standard library that typeshed leaves out
import io
import os
import threading
from collections.abc import Callable
from inspect import unwrap
from types import FunctionType
from typing import Any

from course_lib.instruments.handles.ledger import Handle, opened
from course_lib.instruments.seams.exchange import StandsFor

REAL_OPEN, REAL_CLOSE, REAL_DUP, REAL_PIPE = os.open, os.close, os.dup, os.pipe
_descriptors: dict[int, Handle] = {}


class _Reporting(threading.local):
    """`depth` is above zero in a thread that is inside a reporting constructor: the audit event then is ours."""

    depth = 0


reporting = _Reporting()


class FileIO(io.FileIO, metaclass=StandsFor):  # type: ignore[metaclass]  # io.FileIO's own is plain `type`
    """A raw file that reports."""

    original = io.FileIO
    _handle: Handle | None = None

    def __init__(self, file: Any, mode: str = "r", closefd: bool = True, opener: Any = None) -> None:
        reporting.depth += 1
        try:
            super().__init__(file, mode, closefd, opener)
        finally:
            reporting.depth -= 1
        if closefd:
            handed = isinstance(file, int) or opener is not None
            self._handle = owned("file", self, self.fileno(), file, handed, _file_is_closed)

    def close(self) -> None:
        handle = self._handle
        if handle is not None and handle.closed_by is None and not self.closed:
            _descriptors.pop(self.fileno(), None)
            handle.finalizing = handle.finalizing or bool(getattr(self, "_finalizing", False))
            super().close()
            handle.closed_here()
        else:
            super().close()

    def _dealloc_warn(self, source: object) -> None:
        """Called by io on its way to closing a buffer or a text file that died open."""
        if self._handle is not None:
            self._handle.finalizing = True
        super()._dealloc_warn(source)  # type: ignore[misc]  # a hook of io that typeshed does not list


def _file_is_closed(file: Any) -> bool:
    return bool(file.closed)


def owned(
    kind: str, owner: Any, descriptor: int, path: object, handed: bool, is_closed: Callable[[Any], bool]
) -> Handle | None:
    """The entry for an object that owns a descriptor: a new one, or, `handed` over, the one that `os.open` began."""
    begun = _descriptors.pop(descriptor, None)
    bare = begun is not None and begun.owner is None and begun.closed_by is None
    handle = begun if bare and handed else opened(kind, path)
    if begun is not None and begun is not handle:
        begun.closed("code")  # the number is in use again, so something closed it unseen
    if handle is not None:
        _descriptors[descriptor] = handle
        handle.belongs_to(owner, is_closed)
    return handle


def forget_descriptors() -> None:
    """Numbers noted in an earlier watch mean nothing in the next one."""
    _descriptors.clear()


def disown(descriptor: int, handle: Handle) -> None:
    """The descriptor has been taken out of its object (`socket.detach`): nothing but `os.close` closes it now."""
    handle.owner = None
    handle.kept.clear()
    _descriptors[descriptor] = handle


_LAYERS = ("BufferedReader", "BufferedWriter", "BufferedRandom", "TextIOWrapper", "text_encoding")
_open_in_python = FunctionType(
    unwrap(getattr(_pyio.open, "__func__", _pyio.open)).__code__,
    {**vars(_pyio), "FileIO": FileIO, **{name: vars(io)[name] for name in _LAYERS}},
    "open",
    ("r", -1, None, None, None, True, None),
)


def open_file(*args: Any, **keywords: Any) -> Any:
    """The built-in `open`, reporting."""
    file = _open_in_python(*args, **keywords)
    raw = getattr(file, "buffer", file)
    raw = getattr(raw, "raw", raw)
    if raw is not file and raw._handle is not None:
        raw._handle.keep(file)
    return file


def open_descriptor(path: Any, flags: int, *args: Any, **keywords: Any) -> int:
    """`os.open`, reporting: an integer owns nothing, so only `os.close` or a file object built on it closes it."""
    reporting.depth += 1
    try:
        descriptor = REAL_OPEN(path, flags, *args, **keywords)
    finally:
        reporting.depth -= 1
    return _noted(descriptor, path)


def duplicate(fd: int) -> int:
    """`os.dup`, reporting."""
    return _noted(REAL_DUP(fd), None)


def make_pipe() -> tuple[int, int]:
    """`os.pipe`, reporting."""
    read_end, write_end = REAL_PIPE()
    return _noted(read_end, None), _noted(write_end, None)


def _noted(descriptor: int, path: object) -> int:
    begun, handle = _descriptors.pop(descriptor, None), opened("descriptor", path)
    if begun is not None:
        begun.closed("code")
    if handle is not None:
        _descriptors[descriptor] = handle
    return descriptor


def close_descriptor(fd: int) -> None:
    """`os.close`, reporting."""
    REAL_CLOSE(fd)
    handle = _descriptors.pop(fd, None)
    if handle is not None:
        handle.closed_here()
