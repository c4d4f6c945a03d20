"""What the library's C code costs that reads long texts and runs of bytes, in steps: one step is one letter or byte.

    pattern.search(text)                    the letters from where it begins to the end of the match; all where none is
    pattern.match, fullmatch                the letters of the match; where there is none, how far C looked is assumed
    findall, split, sub, finditer           all letters; of finditer as far as it is read
    each of them                            the letters of the pattern besides: it may have a branch for each of many
    find, read, … of a memory map           as of bytes; what is read or written
    read, readline, write, … of a file      what is read or written, in memory or on disk; read line by line, one a line
    json, pickle, marshal, zlib, binascii   what is read and what comes of it
    hashlib                                 what is read
    struct                                  what comes of it: `unpack_from` looks at its own place alone

What it can't see: how often a regular expression goes back to letters that it has read, and what a class in C other
than those reads from a file that it is given.
"""

from __future__ import annotations

import binascii
import hashlib
import io
import json.encoder
import json.scanner
import marshal
import mmap
import os
import pickle
import re
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from course_lib.instruments.work import costs
from course_lib.instruments.work.costs import (
    Cost,
    arguments_read,
    length,
    result_made,
    table_of,
    tally,
    until_found,
    up_to_found_from_the_end,
    whole,
    window,
)


def _searched(_before: int, arguments: tuple[Any, ...], result: Any) -> int:
    start, end = window(length(arguments[0]), arguments)
    return (end if result is None else result.end()) - start


def _matched(before: int, arguments: tuple[Any, ...], result: Any) -> int:
    if result is not None:
        return _searched(before, arguments, result)
    start, end = window(length(arguments[0]), arguments)
    costs.assume("re.match", range(end - start))
    return 0


def _read_through(_before: int, arguments: tuple[Any, ...], _result: Any) -> int:
    start, end = window(length(arguments[0]), arguments)
    return end - start


def _replaced(_before: int, arguments: tuple[Any, ...], result: Any) -> int:
    return length(arguments[1]) if len(arguments) > 1 else length(result)


def _groups(_before: int, _arguments: tuple[Any, ...], result: Any) -> int:
    return sum(map(length, result)) if isinstance(result, (tuple, dict)) else length(result)


def matches(found: Iterator[Any], text: Any, *places: Any) -> Iterator[Any]:
    """The matches of `finditer`, each charged by what was read since the one before."""
    read, end = window(length(text), (text, *places))
    for match in found:
        tally.add_steps(1 + max(0, match.end() - read))
        read = max(read, match.end())
        yield match
    tally.add_steps(max(0, end - read))


def read_pattern(pattern: re.Pattern[Any]) -> None:
    tally.add_steps(length(pattern.pattern))


def _lines(_before: int, arguments: tuple[Any, ...], result: Any) -> int:
    lines = result if isinstance(result, list) else arguments[0] if arguments else ()
    return sum(map(length, lines)) if isinstance(lines, (list, tuple)) else 0


def _letters_scanned(_before: int, arguments: tuple[Any, ...], result: Any) -> int:
    return int(result[1] - arguments[1])


def _chunks(_before: int, _arguments: tuple[Any, ...], result: Any) -> int:
    return sum(map(length, result))


def _both(before: int, arguments: tuple[Any, ...], result: Any) -> int:
    return arguments_read(before, arguments, result) + length(result)


def _parts(_before: int, _arguments: tuple[Any, ...], result: Any) -> int:
    """How much a value is made of that came out of a file: its items, at any depth, and their letters."""
    count, todo, met = 0, [result], set[int]()
    while todo:
        part = todo.pop()
        if id(part) in met or not isinstance(part, costs.SIZED):
            continue
        met.add(id(part))
        count += length(part)
        todo += [*part.keys(), *part.values()] if type(part) is dict else part if type(part) in (list, tuple) else ()
    return count


_FILE: type = io.IOBase.__mro__[1]
_DIGESTS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b", "blake2s")
METHODS: dict[type, dict[str, Cost]] = {
    re.Pattern: table_of(
        (_searched, "search"),
        (_matched, "match fullmatch"),
        (_read_through, "findall"),
        (_replaced, "sub subn"),
        (arguments_read, "split"),
    ),
    re.Match: table_of((_groups, "group groups groupdict expand __getitem__")),
    mmap.mmap: table_of(
        (until_found, "find"),
        (up_to_found_from_the_end, "rfind"),
        (result_made, "read readline"),
        (arguments_read, "write"),
        (whole, "move"),
    ),
    memoryview: table_of((result_made, "tobytes tolist hex"), (whole, "__eq__ __ne__ index count")),
    _FILE: table_of(
        (result_made, "read read1 readline readall getvalue"),
        (arguments_read, "write readinto readinto1"),
        (_lines, "readlines writelines"),
    ),
    type(hashlib.sha256()): table_of((arguments_read, "update")),
    struct.Struct: table_of((result_made, "unpack unpack_from pack iter_unpack pack_into")),
}
FUNCTIONS: dict[Any, Cost] = {
    **dict.fromkeys((pickle.dumps, marshal.dumps, struct.pack, os.read, os.pread), result_made),
    **dict.fromkeys((pickle.loads, marshal.loads, os.write, bytes.fromhex, bytearray.fromhex), arguments_read),
    **dict.fromkeys((pickle.load, marshal.load), _parts),
    **dict.fromkeys((getattr(hashlib, name) for name in _DIGESTS), arguments_read),
    **dict.fromkeys((struct.unpack, struct.unpack_from, struct.iter_unpack, struct.pack_into), result_made),
    **dict.fromkeys((zlib.compress, zlib.decompress, zlib.crc32, zlib.adler32), _both),
    **dict.fromkeys((value for value in vars(binascii).values() if type(value) is type(len)), _both),
}
OBJECTS: dict[Any, Cost] = {
    json.scanner.c_make_scanner: _letters_scanned,  # type: ignore[attr-defined]  # as is the next
    json.encoder.c_make_encoder: _chunks,  # type: ignore[attr-defined]  # CPython's own, missing in the stubs
}  # their objects are called as functions are
OWNERS = (*METHODS,)
"""Whose other methods take a step each."""
