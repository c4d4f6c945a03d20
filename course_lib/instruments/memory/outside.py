"""Bytes that are kept outside Python's allocator, where no count of objects or blocks can see them.

Databases of SQLite in memory are counted by their pages in use, memory maps by their length, files by their size:
those in a folder, and open ones that have no name any more. All are counts that the same use makes the same.
What it can't see: a database that another thread holds busy, what is written into a map whose length stays, and what
a C library takes for itself.
"""

from __future__ import annotations

import gc
import os
import stat
import sys
from collections.abc import Iterator
from itertools import compress
from pathlib import Path
from typing import Any


def bytes_outside(folder: Path | None = None) -> int:
    """What is kept in memory databases, memory maps, nameless open files, and in the files of the folder if given."""
    databases = sum(map(_in_memory, _living("sqlite3", "Connection")))
    maps = sum(map(_length, _living("mmap", "mmap")))
    return databases + maps + sum(_nameless_files()) + (sum(_sizes_in(folder)) if folder else 0)


def _living(module: str, name: str) -> list[Any]:
    """The objects of a class or its subclasses, where its module is loaded at all.

    A class may have a hash and an equality of its own, so classes are told apart by identity.
    """
    if module not in sys.modules:
        return []
    kinds = [getattr(sys.modules[module], name)]
    for kind in kinds:
        kinds += type.__subclasses__(kind)
    things = gc.get_objects()
    return list(compress(things, map(set(map(id, kinds)).__contains__, map(id, map(type, things)))))


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


def _length(memory_map: Any) -> int:
    try:
        return len(memory_map)
    except ValueError:  # closed
        return 0


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
