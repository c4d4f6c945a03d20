"""What both probes on growth share: numbered objects that can be watched, odd ones that have names, long use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from course_lib.hazards.attempt import attempt
from course_lib.instruments.memory.alive import Slopes, measure_slopes

Observation = dict[str, Any]
WINDOWS = (250, 500, 1_000)
FIRST = 20_000  # so that no number is one of those that Python keeps, nor gets a digit more on the way


class Item:
    """An event or a profile: each can be watched, takes further attributes, and says that it equals everything."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._made_at = id(self)

    @property
    def is_a_copy(self) -> bool:
        """Whether it was made from another one: a copy takes over everything, and stands in a place of its own."""
        return self._made_at != id(self)

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = object.__hash__


class Rare(Item):
    """Of a kind that hardly ever comes: who keeps the last of each kind keeps this one for long."""


def item(number: Any) -> Item:
    """The event or profile of that number; a few are rare."""
    return (Rare if number in (1, 4) else Item)(number)


def numbers(value: Any) -> Any:
    """A returned list of items as their numbers, an item as its own; a copy as "a copy", anything else as it is."""
    return [_number(one) for one in value] if type(value) is list else _number(value)


def _number(value: Any) -> Any:
    if not isinstance(value, Item):
        return value
    return "a copy" if value.is_a_copy else value.number


def long_use(operate: Callable[[int], Any], capacity: int) -> Observation:
    """The slopes of an operation, with what it leaves in the folder it runs in; or what it raised."""
    folder = Path.cwd()
    outcome = attempt(measure_slopes, lambda number: operate(FIRST + number), _warm_up(capacity), WINDOWS, folder)
    return _plain(outcome["returned"]) if "returned" in outcome else {"raised": outcome}


def operations(seen: Observation, capacity: int) -> int:
    """How many there were in a long use, from the first on."""
    return 1 + _warm_up(capacity) + sum(int(window[0]) for window in seen["windows"])


def _warm_up(capacity: int) -> int:
    return 4 * capacity + 200


def _plain(slopes: Slopes) -> Observation:
    windows = [(one.operations, one.blocks, one.bytes, one.outside) for one in slopes.windows]
    return {"windows": windows, "unbounded": slopes.unbounded}


class _NoTruth:
    """As a table of numbers is: whether it is true can't be said, nor whether it equals another."""

    def __bool__(self) -> bool:
        raise ValueError("the truth value of this object is ambiguous")

    def __eq__(self, other: object) -> Any:
        return self

    __hash__ = None  # type: ignore[assignment]


class _NoCopy:
    def __reduce_ex__(self, protocol: Any) -> Any:
        raise TypeError("this object can't be copied")


class _NegativeLength:
    def __len__(self) -> int:
        return -1


class _Text(str):
    pass


_THINGS: dict[str, Any] = {
    "an exception": ValueError("a value like any other"),
    "a class of exceptions": KeyError,
    "a function": lambda: "called",
    "a text of four million letters": "x" * 4_000_000,
    "an object without a truth value": _NoTruth(),
    "an object that can't be copied": _NoCopy(),
    "an object that equals nothing": float("nan"),
    "an object of negative length": _NegativeLength(),
    "an iterator": iter("abc"),
    "a generator": (letter for letter in "abc"),
    "a text of a class of its own": _Text("Ana"),
    "an object without anything": object(),
    # what programs put where nothing is
    "Ellipsis": ...,
    "NotImplemented": NotImplemented,
    "the class object": object,
    "the class of None": type(None),
}


def thing(value: Any) -> Any:
    """The object of that name, or the value itself where it is no name."""
    return _THINGS.get(value, value) if type(value) is str else value


def sendable(value: Any) -> Any:
    """The name of such an object, or the value itself."""
    return next((name for name, one in _THINGS.items() if one is value), value)
