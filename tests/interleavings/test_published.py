"""Bugs that were published of Python libraries, re-made small: each is found, and its repair is silent."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from course_lib.interleavings import find_race


class ConnectionPool:
    """redis-py, issue 906: more connections are made than `max_connections`; the count was kept without a lock."""

    def __init__(self) -> None:
        self.free: list[object] = []
        self.made, self.limit = 0, 1
        self.connections: list[object] = []

    def connection(self) -> object:
        try:
            return self.free.pop()
        except IndexError:
            return self.make()

    def make(self) -> object:
        if self.made >= self.limit:
            return None
        self.made += 1
        self.connections.append(object())
        return self.connections[-1]


class LockedPool(ConnectionPool):
    def __init__(self) -> None:
        super().__init__()
        self.lock = threading.Lock()

    def connection(self) -> object:
        with self.lock:
            return super().connection()


class LineCache:
    """CPython, issue 25872: two threads that make a traceback delete the same stale entry of `linecache`."""

    def __init__(self) -> None:
        self.lines = {"gone.py": ["1\n"]}

    def check(self) -> None:
        for name in list(self.lines):
            if name in self.lines:
                del self.lines[name]


class LineCacheMended(LineCache):
    def check(self) -> None:
        for name in list(self.lines):
            self.lines.pop(name, None)


class Pool:
    identifier: str


class Pools:
    """django-redis-cache, issue 213: a pool is published before the attribute is set that others ask it for."""

    def __init__(self) -> None:
        self.pools: dict[str, Pool] = {}

    def get(self) -> str:
        pool = self.pools.get("a")
        if pool is None:
            pool = self.pools["a"] = Pool()
            pool.identifier = "a"
        return pool.identifier


class PoolsMended(Pools):
    def get(self) -> str:
        pool = self.pools.get("a")
        if pool is None:
            pool = Pool()
            pool.identifier = "a"
            self.pools["a"] = pool
        return pool.identifier


def at_most_the_limit(pool: ConnectionPool) -> bool:
    return len(pool.connections) <= pool.limit


BUGS: dict[str, tuple[str, type, type, str, Callable[[Any], Any]]] = {
    "redis-py 906": ("race", ConnectionPool, LockedPool, "connection", at_most_the_limit),
    "cpython 25872": ("exception", LineCache, LineCacheMended, "check", lambda cache: not cache.lines),
    "django-redis-cache 213": ("exception", Pools, PoolsMended, "get", lambda pools: len(pools.pools) == 1),
}


@pytest.mark.parametrize("bug", BUGS)
def test_it_is_found_and_its_repair_is_safe(bug: str) -> None:
    verdict, faulty, mended, name, holds = BUGS[bug]

    assert find_race(faulty, [lambda thing: getattr(thing, name)()] * 2, holds).verdict == verdict
    assert find_race(mended, [lambda thing: getattr(thing, name)()] * 2, holds).verdict == "safe"
