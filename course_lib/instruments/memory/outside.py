"""Bytes that are kept outside Python's allocator, where no count of objects or blocks can see them.

Databases of SQLite in memory are counted by their pages in use, memory maps by their length and by the bytes in them
that are not 0, files by their size: those in a folder, and open ones that have no name any more, each with what waits
in its buffer to be written. All are counts that the same use makes the same.
What it can't see: a database that another thread holds busy, zeros that are written into a map whose length stays, and
what a C library takes for itself.
"""

from __future__ import annotations

import gc
import io
import os
import stat
import sys
from collections.abc import Iterator
from itertools import compress
from pathlib import Path
from typing import Any

_AT_ONCE = 1 << 20  # bytes of a memory map
_BUFFERED = (io.TextIOWrapper, io.BufferedWriter, io.BufferedRandom)


def bytes_outside(folder: Path | None = None) -> int:
    """What is kept in memory databases, memory maps, nameless open files, and in the files of the folder if given."""
    kinds = [*_BUFFERED, *_loaded(("sqlite3", "Connection"), ("mmap", "mmap"))]
    databases = maps = 0
    for thing in _living(kinds):
        if isinstance(thing, _BUFFERED):
            _written_out(thing)
        elif hasattr(thing, "cursor"):
            databases += _in_memory(thing)
        else:
            maps += _in_map(thing)
    return databases + maps + sum(_nameless_files()) + (sum(_sizes_in(folder)) if folder else 0)


def _loaded(*named: tuple[str, str]) -> Iterator[type]:
    """The classes of modules that are loaded at all."""
    return (getattr(sys.modules[module], name) for module, name in named if module in sys.modules)


def _living(kinds: list[type]) -> list[Any]:
    """The objects of these classes or their subclasses.

    A class may have a hash and an equality of its own, so classes are told apart by identity.
    """
    for kind in kinds:
        kinds += type.__subclasses__(kind)
    things = gc.get_objects()
    return list(compress(things, map(set(map(id, kinds)).__contains__, map(id, map(type, things)))))


def _written_out(file: Any) -> None:
    """Has a regular file what was written to it: by the way that C does it, whatever its class says."""
    kind = next(kind for kind in _BUFFERED if isinstance(file, kind))
    try:
        if stat.S_ISREG(os.fstat(kind.fileno(file)).st_mode):
            kind.flush(file)
    except (OSError, ValueError):  # no descriptor, or closed
        return


def _in_memory(connection: Any) -> int:
    """The bytes in use in the connection's databases that have no file; 0 where it can't be asked."""
    sqlite3 = sys.modules["sqlite3"]
    try:
        databases = _ask(connection, "PRAGMA database_list")
        return sum(_pages(connection, name) for _, name, file in databases if not file)
    except (sqlite3.Error, ValueError):
        return 0


def _pages(connection: Any, database: str) -> int:
    quoted = '"' + database.replace('"', '""') + '"'
    figures = ("page_count", "freelist_count", "page_size")
    count, free, size = (_ask(connection, f"PRAGMA {quoted}.{figure}")[0][0] for figure in figures)
    return int((count - free) * size)


def _ask(connection: Any, statement: str) -> list[Any]:
    cursor = sys.modules["sqlite3"].Cursor(connection)
    cursor.row_factory = None
    try:
        return list(cursor.execute(statement))
    finally:
        cursor.close()


def _in_map(memory_map: Any) -> int:
    """Its length, and how many of its bytes are not 0."""
    try:
        many = len(memory_map)
        return many + sum(len(_piece(memory_map, at)) for at in range(0, many, _AT_ONCE))
    except ValueError:  # closed
        return 0


def _piece(memory_map: Any, at: int) -> bytes:
    """What is not 0 of the next of its bytes; most of a large map was never written to."""
    found: bytes = memory_map[at : at + _AT_ONCE]
    return found.rstrip(b"\0").translate(None, b"\0")


def _nameless_files() -> Iterator[int]:
    """The sizes of open regular files that no folder lists; Linux alone lists the descriptors."""
    listed = Path("/proc/self/fd")
    for each in listed.iterdir() if listed.is_dir() else []:
        try:
            known = os.fstat(int(each.name))
        except OSError:  # the listing's own descriptor
            continue
        if stat.S_ISREG(known.st_mode) and not known.st_nlink:
            yield known.st_size


def _sizes_in(folder: Path) -> Iterator[int]:
    for within, _, names in os.walk(folder):
        for name in names:
            try:
                yield Path(within, name).lstat().st_size
            except OSError:  # gone meanwhile
                continue
