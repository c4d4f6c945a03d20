"""How observations leave the submission's process: plain data as JSON text, and nothing else.

`pack` runs in the process of the submission and calls no code of the submission's: it looks at real types only and
uses the base types' own methods, so an object that lies about its class or its equality crosses as `Opaque`. Content
of subclasses (a named tuple, say) crosses as the base type's. `unpack` builds plain values and never executes any.

Most of what crosses is simple: numbers and short texts in lists, in rows, in dicts with text for keys. Such a container
is given to the JSON encoder as it is, once C code has looked at the types of all that it holds; only what is left is
walked value by value. `frozen` is a copy of a value as it is at one moment, made while no other thread can run.
"""

from __future__ import annotations

import json
import marshal
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from json.encoder import encode_basestring_ascii
from typing import Any, NamedTuple

MAX_DEPTH, MAX_NODES = 120, 3_000_000
PRINTABLE_BITS = 14_284  # 4300 digits: Python refuses to print a longer integer, and so would a grader
LONGEST = 2**63

_type, _issubclass, _len, _max, _min, _map, _list, _set, _id = type, issubclass, len, max, min, map, list, set, id
_type_name = type.__dict__["__name__"].__get__
_make_encoder = json.encoder.c_make_encoder  # type: ignore[attr-defined]  # CPython's own, missing in the stubs
_join, _flattened = "".join, chain.from_iterable
_dump, _load = marshal.dumps, marshal.loads
_SIMPLE = frozenset(map(id, (str, bool, type(None), float, int)))  # ids: the hash of a type may be anybody's code
_INT, _DICTS, _LISTS, _TUPLES, _TEXTS = id(int), {id(dict)}, {id(list)}, {id(tuple)}, {id(str)}


class TooLarge(ValueError):
    """The value has more than MAX_NODES parts."""


@dataclass(frozen=True, repr=False)
class Opaque:
    """Stands for a value that is not plain data; equal to no expected value. Feedback shows it as `<its type>`."""

    type_name: str

    def __repr__(self) -> str:
        return f"<{self.type_name}>"


class Packed(NamedTuple):
    """A value that has been packed already; `pack` takes its text as it stands."""

    text: str


class _Budget:
    __slots__ = ("nodes",)

    def __init__(self) -> None:
        self.nodes = MAX_NODES

    def take(self, nodes: int) -> None:
        self.nodes -= nodes
        if self.nodes < 0:
            raise TooLarge("too large to look at")


def pack(value: Any) -> str:
    """The value as JSON text; raises TooLarge."""
    if _type(value) is Packed:
        return str(value.text)
    plain = _plain(value, MAX_DEPTH, _Budget())
    encode = _make_encoder(None, None, encode_basestring_ascii, None, ":", ",", False, False, True)
    return _join(encode(plain, 0))


def packed_list(texts: Iterable[str]) -> Packed:
    """The list of values whose packed texts these are."""
    return Packed(f"[{','.join(texts)}]")


def alike(one: Any, other: Any) -> bool:
    """Whether two frozen values are the same in all that would cross."""
    try:
        if _dump(one) == _dump(other):
            return True
    except ValueError:
        pass  # something opaque is in them
    return pack(one) == pack(other)


def frozen(value: Any) -> Any:
    """A copy of plain data as it is now, subclasses as their base types, other objects as `Opaque`."""
    try:
        return _load(_dump(value))
    except (ValueError, EOFError, TypeError, MemoryError):  # not exactly plain, nested deep, or a view of much memory
        return unpack(pack(value))


def _plain(value: Any, depth: int, budget: _Budget) -> Any:
    kind = _type(value)
    if value is None or kind is bool or kind is str:
        return value
    budget.take(1)
    if _issubclass(kind, str):
        return str.__str__(value)
    if _issubclass(kind, int):
        return _plain_int(int.__int__(value))
    if _issubclass(kind, float):
        return float.__float__(value)
    if _issubclass(kind, (bytes, bytearray)):
        return {"b": memoryview(value).hex()}
    if depth == 0:
        return {"o": "something nested too deep"}
    return _plain_container(value, kind, depth - 1, budget)


def _plain_int(value: int) -> Any:
    if -LONGEST <= value < LONGEST:
        return value
    return {"i": hex(value)} if int.bit_length(value) <= PRINTABLE_BITS else {"o": "an integer too long to print"}


def _plain_container(value: Any, kind: type, depth: int, budget: _Budget) -> Any:
    if _issubclass(kind, list):
        return _plain_items(_list(list.__iter__(value)), depth, budget)
    if _issubclass(kind, tuple):
        return {"t": _plain_items(_list(tuple.__iter__(value)), depth, budget)}
    if _issubclass(kind, dict):
        return _plain_dict(_list(dict.items(value)), depth, budget)
    if _issubclass(kind, set):
        return {"s": _plain_items(_list(set.__iter__(value)), depth, budget)}
    if _issubclass(kind, frozenset):
        return {"s": _plain_items(_list(frozenset.__iter__(value)), depth, budget)}
    return {"o": value.type_name if kind is Opaque else _type_name(kind)[:80]}


def _plain_items(items: list[Any], depth: int, budget: _Budget) -> Any:
    """The list as JSON has it; simple rows and simple dicts behind a mark, without a walk."""
    budget.take(_len(items))
    kinds = _kinds(items)
    if kinds <= _SIMPLE and _are_short(kinds, items):
        return items
    if kinds == _TUPLES and _hold_simple(items, budget):
        return {"T": items}
    if kinds == _LISTS and _hold_simple(items, budget):
        return items
    if kinds == _DICTS and _kinds(_flattened(items)) <= _TEXTS and _hold_simple(_map(dict.values, items), budget):
        return {"D": items}
    return [_plain(item, depth, budget) for item in items]


def _plain_dict(pairs: list[tuple[Any, Any]], depth: int, budget: _Budget) -> Any:
    budget.take(_len(pairs))
    keys, items = [key for key, _ in pairs], [item for _, item in pairs]
    if _kinds(keys) <= _TEXTS:
        return {"k": keys, "v": _plain_items(items, depth, budget)}
    return {"d": [[_plain(key, depth, budget), _plain(item, depth, budget)] for key, item in pairs]}


def _kinds(items: Iterable[Any]) -> set[int]:
    return _set(_map(_id, _map(_type, items)))


def _are_short(kinds: set[int], items: list[Any]) -> bool:
    """Whether JSON prints all the whole numbers among these simple values without trouble."""
    if _INT not in kinds:
        return True
    numbers = items if _len(kinds) == 1 else [item for item in items if _type(item) is int]
    return bool(_min(numbers) >= -LONGEST and _max(numbers) < LONGEST)


def _hold_simple(containers: Iterable[Any], budget: _Budget) -> bool:
    """Whether all that stands in these containers is simple; only then is it counted."""
    items = _list(_flattened(containers))
    kinds = _kinds(items)
    if not (kinds <= _SIMPLE and _are_short(kinds, items)):
        return False
    budget.take(_len(items))
    return True


def unpack(text: str) -> Any:
    """The plain value that `pack` described; raises ValueError on anything malformed."""
    return _value(json.loads(text))


def _value(plain: Any) -> Any:
    if isinstance(plain, list):
        return _values(plain)
    if not isinstance(plain, dict):
        return plain
    if plain.keys() == {"k", "v"}:
        return dict(zip(plain["k"], _value(plain["v"]), strict=True))
    if len(plain) != 1:
        raise ValueError("malformed message")
    [(tag, content)] = plain.items()
    return _TAGS[tag](content) if tag in _TAGS else Opaque("malformed")


def _values(items: list[Any]) -> list[Any]:
    kinds = _kinds(items)
    if kinds <= _SIMPLE or (kinds == _LISTS and _kinds(chain.from_iterable(items)) <= _SIMPLE):
        return items
    return [_value(item) for item in items]


def _pairs(content: list[Any]) -> dict[Any, Any]:
    return {_hashable(_value(key)): _value(item) for key, item in content}


def _hashable(value: Any) -> Any:
    try:
        hash(value)
    except TypeError:
        return repr(value)
    return value


_TAGS: dict[str, Any] = {
    "i": lambda text: int(text, 16),
    "b": bytes.fromhex,
    "t": lambda items: tuple(_value(items)),
    "T": lambda rows: list(map(tuple, rows)),
    "D": lambda dicts: dicts,
    "d": _pairs,
    "s": lambda items: set(map(_hashable, _value(items))),
    "o": lambda name: Opaque(str(name)),
}
