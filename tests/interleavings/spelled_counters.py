"""Code of a project as `find_race` meets it: in a module of its own, with locks wherever locks are kept."""

from __future__ import annotations

import dataclasses
import functools
import threading
from collections.abc import Callable
from threading import Lock
from typing import Any

from tests.interleavings import spelled_helpers


class Counter:
    def __init__(self, start: int = 0) -> None:
        self.n = start

    def add(self, by: int = 1) -> None:
        self.n += by


class Locked(Counter):
    def __init__(self) -> None:
        super().__init__()
        self.lock = Lock()  # a name bound before anybody could replace it

    def add(self, by: int = 1) -> None:
        with self.lock:
            self.n += by


class Far(Counter):
    def add(self, by: int = 1) -> None:
        spelled_helpers.bump(self)


class FarUnderALock(Counter):
    def add(self, by: int = 1) -> None:
        spelled_helpers.bump_under_a_lock(self)


def with_lock_by_default(method: Callable[..., Any], lock: Any = threading.Lock()) -> Callable[..., Any]:  # noqa: B008
    @functools.wraps(method)
    def inner(*arguments: Any, **keywords: Any) -> Any:
        with lock:
            return method(*arguments, **keywords)

    return inner


def with_lock_in_closure(method: Callable[..., Any]) -> Callable[..., Any]:
    lock = threading.RLock()

    @functools.wraps(method)
    def inner(*arguments: Any, **keywords: Any) -> Any:
        with lock:
            return method(*arguments, **keywords)

    return inner


def told(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def inner(*arguments: Any, **keywords: Any) -> Any:
        return method(*arguments, **keywords)

    return inner


class Decorated(Counter):
    @told
    def add(self, by: int = 1) -> None:
        self.n += by


class ClosedOver:
    """Its number is a name that two inner functions share, and no attribute of anything."""

    def __init__(self) -> None:
        number = 0

        def add() -> None:
            nonlocal number
            number += 1

        self.add, self.read = add, lambda: number

    @property
    def n(self) -> int:
        return self.read()


class ByDefault(Counter):
    @with_lock_by_default
    def add(self, by: int = 1) -> None:
        self.n += by


class ByClosure(Counter):
    @with_lock_in_closure
    def add(self, by: int = 1) -> None:
        self.n += by


class ByKeyword(Counter):
    def add(self, by: int = 1, *, lock: Any = threading.Lock()) -> None:  # noqa: B008
        with lock:
            self.n += by


@dataclasses.dataclass
class ByFactory:
    n: int = 0
    lock: Any = dataclasses.field(default_factory=threading.Lock)

    def add(self) -> None:
        with self.lock:
            self.n += 1


@dataclasses.dataclass
class WithList:
    made: list[int] = dataclasses.field(default_factory=lambda: [0])

    @property
    def n(self) -> int:
        return self.made[0]

    def add(self) -> None:
        self.made[0] = self.made[0] + 1


class Called(Counter):
    def __call__(self) -> None:
        self.n += 1


class Slotted:
    __slots__ = ("n",)

    def __init__(self) -> None:
        self.n = 0

    def add(self) -> None:
        self.n += 1


ASKED: list[int] = []


@functools.lru_cache
def asked_once(number: int) -> int:
    ASKED.append(number)
    return number


def counted(method: Callable[..., Any]) -> Callable[..., Any]:
    calls: list[int] = []  # a decorator's own state, which each run must find as it was

    @functools.wraps(method)
    def inner(thing: Any) -> Any:
        calls.append(1)
        method(thing)
        thing.calls = len(calls)

    return inner


class Counted(Counter):
    @counted
    def add_once(self) -> None:
        self.n += 1


class Bank:
    """Its accounts, and their locks, are made by a class of another module."""

    def __init__(self) -> None:
        self.accounts = {"ann": spelled_helpers.Account(), "bob": spelled_helpers.Account()}

    @property
    def n(self) -> int:
        return self.accounts["bob"].money

    def move(self, source: str, target: str) -> None:
        with self.accounts[source].lock, self.accounts[target].lock:
            self.accounts[source].money -= 1
            self.accounts[target].money += 1

    def move_in_order(self, source: str, target: str) -> None:
        one, other = sorted([source, target])
        self.accounts[one].lock.acquire()
        with self.accounts[other].lock:
            self.accounts[source].money -= 1
            self.accounts[target].money += 1
        self.accounts[one].lock.release()
