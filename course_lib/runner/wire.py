"""How observations leave the submission's process: plain data as JSON text, and nothing else.

`pack` runs in the process of the submission and calls no code of the submission's: it looks at real types only and
uses the base types' own methods, so an object that lies about its class or its equality crosses as `Opaque`. Content
of subclasses (a named tuple, say) crosses as the base type's. `unpack` builds plain values and never executes any.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from json.encoder import encode_basestring_ascii
from typing import Any

MAX_DEPTH, MAX_NODES = 120, 3_000_000
PRINTABLE_BITS = 14_284  # 4300 digits: Python refuses to print a longer integer, and so would a grader

_type, _issubclass, _len, _ValueError = type, issubclass, len, ValueError
_type_name = type.__dict__["__name__"].__get__
_make_encoder = json.encoder.c_make_encoder  # type: ignore[attr-defined]  # CPython's own, missing in the stubs
_join = "".join


@dataclass(frozen=True, repr=False)
class Opaque:
    """Stands for a value that is not plain data; equal to no expected value. Feedback shows it as `<its type>`."""

    type_name: str

    def __repr__(self) -> str:
        return f"<{self.type_name}>"


class _Budget:
    __slots__ = ("nodes",)

    def __init__(self) -> None:
        self.nodes = MAX_NODES


def pack(value: Any) -> str:
    """The value as JSON text; raises ValueError where it has more than MAX_NODES parts."""
    plain = _plain(value, MAX_DEPTH, _Budget())
    encode = _make_encoder(None, None, encode_basestring_ascii, None, ":", ",", False, False, True)
    return _join(encode(plain, 0))


def _plain(value: Any, depth: int, budget: _Budget) -> Any:
    kind = _type(value)
    if value is None or kind is bool:
        return value
    budget.nodes -= 1
    if budget.nodes < 0:
        raise _ValueError("too large to look at")
    if _issubclass(kind, str):
        return str.__str__(value)
    if _issubclass(kind, int):
        return _plain_int(int.__int__(value))
    if _issubclass(kind, float):
        return {"f": float.hex(value)}
    if _issubclass(kind, (bytes, bytearray)):
        return {"b": memoryview(value).hex()}
    if depth == 0:
        return {"o": "something nested too deep"}
    return _plain_container(value, kind, depth - 1, budget)


def _plain_int(value: int) -> Any:
    if -(2**63) <= value < 2**63:
        return value
    return {"i": hex(value)} if int.bit_length(value) <= PRINTABLE_BITS else {"o": "an integer too long to print"}


def _plain_container(value: Any, kind: type, depth: int, budget: _Budget) -> Any:
    if _issubclass(kind, list):
        return [_plain(item, depth, budget) for item in list.__iter__(value)]
    if _issubclass(kind, tuple):
        return {"t": [_plain(item, depth, budget) for item in tuple.__iter__(value)]}
    if _issubclass(kind, dict):
        pairs = [(key, item) for key, item in dict.items(value)]
        return {"d": [[_plain(key, depth, budget), _plain(item, depth, budget)] for key, item in pairs]}
    if _issubclass(kind, set):
        return {"s": [_plain(item, depth, budget) for item in set.__iter__(value)]}
    if _issubclass(kind, frozenset):
        return {"s": [_plain(item, depth, budget) for item in frozenset.__iter__(value)]}
    return {"o": _type_name(kind)[:80]}


def unpack(text: str) -> Any:
    """The plain value that `pack` described; raises ValueError on anything malformed."""
    return _value(json.loads(text))


def _value(plain: Any) -> Any:
    if isinstance(plain, list):
        return [_value(item) for item in plain]
    if not isinstance(plain, dict):
        return plain
    if len(plain) != 1:
        raise ValueError("malformed message")
    [(tag, content)] = plain.items()
    return _TAGS[tag](content) if tag in _TAGS else Opaque("malformed")


def _pairs(content: list[Any]) -> dict[Any, Any]:
    return {_hashable(_value(key)): _value(item) for key, item in content}


def _hashable(value: Any) -> Any:
    try:
        hash(value)
    except TypeError:
        return repr(value)
    return value


_TAGS: dict[str, Any] = {
    "f": float.fromhex,
    "i": lambda text: int(text, 16),
    "b": bytes.fromhex,
    "t": lambda items: tuple(_value(item) for item in items),
    "d": _pairs,
    "s": lambda items: {_hashable(_value(item)) for item in items},
    "o": lambda name: Opaque(str(name)),
}
