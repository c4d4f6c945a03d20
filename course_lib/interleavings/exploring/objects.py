"""The program's objects in one run: told apart by numbers, and known again in the next run by their labels.

An object keeps its number as long as it lives. What can be referred to weakly is not kept alive for that, because
programs notice when an object dies; lists, dicts and the like are kept until nobody else has them.
"""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable, Hashable
from typing import Any

_ONLY_HERE = 2  # references to an object that nobody but `Objects` has: its table, and the argument of the question


class OurReference(weakref.ReferenceType[Any]):
    """A weak reference of the explorer's own, of which the program knows nothing."""


class Objects:
    """The objects that steps have touched, by number; `died` is called with the number of each that goes."""

    __slots__ = (
        "_died",
        "_holders",
        "_next",
        "_numbers",
        "aliases",
        "labels",
        "named",
        "private",
        "sources",
        "watched",
    )

    def __init__(self, died: Callable[[int], None]) -> None:
        self._died = died
        self._next = 0
        self._numbers: dict[int, int] = {}  # id -> number, of the living
        self._holders: dict[int, Any] = {}  # number -> the object, or a weak reference to it
        self.named = 0  # the highest number of an object that was there before the threads
        self.labels: dict[int, Hashable] = {}  # number -> a name that is the same in every run
        self.aliases: dict[int, int] = {}  # number of an instance's __dict__ -> number of the instance
        self.sources: dict[int, tuple[Any, ...]] = {}  # number of a view or an iterator -> what it goes through
        self.private: set[int] = set()  # containers and iterators that one thread has made and handed to nobody
        self.watched: set[int] = set()  # those that the program refers to weakly

    def number(self, thing: Any) -> int:
        found = self._numbers.get(id(thing))
        return self._enter(thing) if found is None else found

    def highest(self) -> int:
        return self._next

    def known(self, thing: Any) -> int | None:
        """The object's number, if a step has touched it before."""
        return self._numbers.get(id(thing))

    def _enter(self, thing: Any) -> int:
        self._next = number = self._next + 1
        key = id(thing)
        if type(thing).__weakrefoffset__:
            if any(type(one) is not OurReference for one in weakref.getweakrefs(thing)):
                self.watched.add(number)
            self._holders[number] = weakref.ref(thing, lambda _: self._forget(key, number))
        else:
            self._holders[number] = thing
        self._numbers[key] = number
        return number

    def _forget(self, key: int, number: int) -> None:
        self._numbers.pop(key, None)
        self._holders.pop(number, None)
        self.sources.pop(number, None)
        self._died(number)

    def path(self, thing: Any) -> str:
        """How the program reaches an object from its state: `jobs.free`; empty where it can't be told."""
        label = self.labels.get(self.known(thing) or 0)
        return ".".join(label[1:]) if isinstance(label, tuple) and label[0] == "state" else ""

    def publish(self, value: Any, depth: int = 3) -> None:
        """A value is stored where others may find it: so may they all that it holds."""
        if not self.private:
            return
        self.private.discard(self._numbers.get(id(value), 0))
        if depth and isinstance(value, (list, dict, set, tuple)):
            for part in list(value.values() if isinstance(value, dict) else value):
                self.publish(part, depth - 1)

    def thing(self, number: Any) -> Any:
        """The object of that number; None where there is none any more."""
        holder = self._holders.get(number)
        return holder() if isinstance(holder, weakref.ReferenceType) else holder

    def let_go(self) -> None:
        """Forgets the containers that the program has dropped, so that what only they hold can die."""
        while (number := next(filter(self._is_dropped, self._holders), None)) is not None:
            self._numbers.pop(id(self._holders[number]), None)
            self.sources.pop(number, None)
            del self._holders[number]

    def _is_dropped(self, number: int) -> bool:
        holders = self._holders
        return type(holders[number]) is not weakref.ReferenceType and sys.getrefcount(holders[number]) <= _ONLY_HERE

    def forget(self) -> None:
        """Lets go of everything at the end of a run."""
        self._holders.clear()
        self.sources.clear()
        self._died = _nothing


def _nothing(number: int) -> None:
    """Nobody wants to know any more what dies."""
