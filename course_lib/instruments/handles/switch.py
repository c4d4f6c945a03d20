"""The switch that puts the reporting constructors in place, and takes them away again.

They replace the originals by name in every loaded module, so that `from sqlite3 import connect` at the top of some
module is exchanged as well. What the import system itself uses is left alone.
"""

from __future__ import annotations

import builtins
import io
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from course_lib.instruments.handles import connections, files

_STAND_INS: tuple[tuple[Any, Any], ...] = (
    (builtins.open, files.open_file),
    (io.FileIO, files.FileIO),
    (files.REAL_OPEN, files.open_descriptor),
    (files.REAL_CLOSE, files.close_descriptor),
    (files.REAL_DUP, files.duplicate),
    (files.REAL_PIPE, files.make_pipe),
    (connections.REAL_CONNECT, connections.connect),
    (sqlite3.Connection, connections.Connection),
    (connections.Mmap.original, connections.Mmap),
)
_LEFT_ALONE = {"_pyio", "posix", "nt", "importlib", "_frozen_importlib", "_frozen_importlib_external", "course_lib"}
_uses = 0
_exchanged: list[tuple[dict[str, Any], str, Any]] = []


def install() -> None:
    """Puts the stand-ins in place for as long as anyone uses them; each `install` wants one `uninstall`."""
    global _uses
    _uses += 1
    if _uses == 1:
        files.forget_descriptors()
        by_original = {id(original): (original, stand_in) for original, stand_in in _STAND_INS}
        for module in list(sys.modules.values()):
            if isinstance(module, ModuleType) and _package(module) not in _LEFT_ALONE:
                _exchange(vars(module), by_original)
        connections.report_sockets(on=True)


def _package(module: ModuleType) -> str:
    return str(vars(module).get("__name__", "")).partition(".")[0]


def _exchange(names: dict[str, Any], by_original: dict[int, tuple[Any, Any]]) -> None:
    for name, value in list(names.items()):
        if id(value) in by_original and not (names.get("__name__") == "_io" and name == "FileIO"):
            original, names[name] = by_original[id(value)]
            _exchanged.append((names, name, original))


def uninstall() -> None:
    """Puts the originals back after the last use; a name that was rebound meanwhile stays as it is."""
    global _uses
    _uses -= 1
    if _uses == 0:
        ours = {id(stand_in) for _, stand_in in _STAND_INS}
        for names, name, original in _exchanged:
            if id(names.get(name)) in ours:
                names[name] = original
        _exchanged.clear()
        connections.report_sockets(on=False)


@contextmanager
def installed() -> Iterator[None]:
    """The stand-ins, for the length of a block."""
    install()
    try:
        yield
    finally:
        uninstall()
