"""Whatever runs is rewritten: in whichever module it lives, however it was spelt, and wherever its lock is kept."""

from __future__ import annotations

import asyncio
import fcntl
import functools
import multiprocessing.pool
import operator
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from course_lib.interleavings import find_race
from course_lib.interleavings.exploring import scheduler
from tests.interleavings import spelled_counters
from tests.interleavings.spelled_counters import (
    ASKED,
    Bank,
    ByClosure,
    ByDefault,
    ByFactory,
    ByKeyword,
    Called,
    ClosedOver,
    Counted,
    Counter,
    Decorated,
    Far,
    FarUnderALock,
    Locked,
    Slotted,
    WithList,
    asked_once,
)


def both(thing: Any) -> bool:
    return bool(thing.n == 2)


class Here(Counter):
    pass


class Holder:
    def __init__(self) -> None:
        self.counter = Counter()

    def add(self) -> None:
        self.counter.add()

    @property
    def n(self) -> int:
        return self.counter.n


def made() -> Counter:
    return Counter(0)


def add(counter: Counter) -> None:
    counter.add(1)


TABLE = {"add": Counter.add}
RACING: dict[str, tuple[Callable[[], Any], Callable[[Any], Any]]] = {
    "two lambdas": (lambda: Counter(start=0), lambda c: c.add(1)),
    "a class and its method": (Counter, Counter.add),
    "through the module": (lambda: spelled_counters.Counter(), lambda c: c.add()),
    "partial": (functools.partial(Counter, 0), functools.partial(Counter.add, by=1)),
    "methodcaller": (Counter, operator.methodcaller("add")),
    "a subclass elsewhere": (Here, lambda c: c.add()),
    "held by another": (Holder, Holder.add),
    "two functions": (made, add),
    "from a table": (made, lambda c: TABLE["add"](c)),
    "getattr": (made, lambda c: getattr(c, "a" + "dd")()),
    "three modules": (Far, lambda c: c.add()),
    "a comprehension": (made, lambda c: [c.add() for _ in range(1)]),
    "map": (made, lambda c: list(map(Counter.add, [c]))),
    "an object that is called": (Called, lambda c: c()),
    "slots": (Slotted, lambda c: c.add()),
    "default_factory": (WithList, lambda c: c.add()),
    "a decorator": (Decorated, lambda c: c.add()),
    "a closure": (ClosedOver, lambda c: c.add()),
}


@pytest.mark.parametrize("spelling", RACING)
def test_a_race_is_found_however_it_is_spelt(spelling: str) -> None:
    setup, thread = RACING[spelling]

    assert find_race(setup, [thread] * 2, both).verdict == "race"


LOCKS = {
    "in the object": Locked,
    "in a third module": FarUnderALock,
    "a decorator's default": ByDefault,
    "a decorator's closure": ByClosure,
    "a keyword's default": ByKeyword,
    "default_factory": ByFactory,
}


@pytest.mark.parametrize("kept", LOCKS)
def test_a_lock_is_seen_wherever_it_is_kept(kept: str) -> None:
    assert find_race(LOCKS[kept], [lambda c: c.add()] * 2, both).verdict == "safe"


def test_a_lock_that_a_class_of_another_module_makes_is_seen() -> None:
    there, back = (lambda bank: bank.move("ann", "bob")), (lambda bank: bank.move("bob", "ann"))
    assert find_race(Bank, [there, back], both).verdict == "deadlock"
    there, back = (lambda bank: bank.move_in_order("ann", "bob")), (lambda bank: bank.move_in_order("bob", "ann"))
    assert find_race(Bank, [there, back], both).verdict == "safe"


def test_the_originals_are_back_afterwards() -> None:
    def closure() -> Any:
        return ByClosure.add.__closure__[0].cell_contents  # type: ignore[attr-defined]

    before = closure(), ByDefault.add.__closure__[0].cell_contents, ByKeyword.add.__kwdefaults__["lock"]  # type: ignore[attr-defined]
    for kind in (ByClosure, ByDefault, ByKeyword):
        find_race(kind, [lambda c: c.add()] * 2, both)
    assert before == (closure(), ByDefault.add.__closure__[0].cell_contents, ByKeyword.add.__kwdefaults__["lock"])  # type: ignore[attr-defined]


def test_what_lru_cache_remembers_is_forgotten_before_each_run() -> None:
    """Two threads can both miss it; were it full from the run before, nobody would."""
    found = find_race(list, [lambda _: asked_once(1)] * 2, lambda _: len(ASKED) == 1)

    assert found.verdict == "race"


class Lazy(Counter):
    @functools.cached_property
    def made(self) -> object:
        self.n += 1
        return object()


def test_a_cached_property_is_made_once_only_where_python_locks_it() -> None:
    """Up to 3.11 it holds a lock while it makes the value; from 3.12 on two threads may make one each."""
    found = find_race(lambda: Lazy(0), [lambda lazy: lazy.made] * 2, lambda lazy: lazy.n == 1)
    assert found.verdict == ("safe" if sys.version_info < (3, 12) else "race")


def test_what_a_decorator_keeps_is_put_back_before_each_run() -> None:
    assert find_race(Counted, [Counted.add_once], lambda c: c.calls == 1).verdict == "safe"


async def adds(counter: Counter) -> None:
    counter.add()


async def gives(counter: Counter) -> AsyncIterator[None]:
    counter.add()
    yield


async def by_a_task(counter: Counter) -> None:
    await asyncio.create_task(adds(counter))


ON_A_LOOP: dict[str, tuple[Callable[[Counter], Any], str]] = {
    "handed in": (adds, "adds(), which nobody awaits: it never ran"),
    "a call that gives one": (lambda counter: adds(counter), "adds(), which nobody awaits: it never ran"),
    "an asynchronous generator": (gives, "gives(), which nobody goes through: it never ran"),
    "run": (lambda counter: asyncio.run(adds(counter)), "asyncio.runners.run may wait"),
    "run, with a task": (lambda counter: asyncio.run(by_a_task(counter)), "asyncio.runners.run may wait"),
    "a runner": (lambda counter: asyncio.Runner().run(adds(counter)), "asyncio.runners.Runner may wait"),
    "a loop": (lambda counter: asyncio.new_event_loop(), "asyncio.events.new_event_loop may wait"),
}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("way", ON_A_LOOP)
def test_asyncio_is_refused_with_the_reason(way: str) -> None:
    thread, told = ON_A_LOOP[way]
    found = find_race(Counter, [thread] * 2, both)
    assert found.verdict == "open"
    assert told in str(found)
    assert "the order of tasks is asyncio's own: hand in functions of threads" in str(found)


def test_a_setup_or_a_condition_that_never_ran_proves_nothing() -> None:
    async def made() -> Counter:
        return Counter()

    async def holds(counter: Counter) -> bool:
        return False

    def holds_somewhere(counter: Counter) -> Iterator[bool]:
        yield False

    for found in (
        find_race(made, [Counter.add], both),
        find_race(Counter, [Counter.add], holds),
        find_race(Counter, [Counter.add], holds_somewhere),
    ):
        assert found.verdict == "open"
        assert "it never ran" in str(found)


def test_a_transaction_of_sqlite_is_open_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "counter.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE counter (n)")
    connection.close()

    def change(_: object) -> None:
        one = sqlite3.connect(path, timeout=0.1)
        one.execute("BEGIN IMMEDIATE")
        one.execute("INSERT INTO counter VALUES (1)")
        one.close()

    found = find_race(list, [change] * 2, lambda _: True)
    assert found.verdict == "open"
    assert "hand the threads one connection that setup makes" in str(found)


def locks_a_file(_: object) -> None:
    with open(os.devnull, "wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)


def has_a_pool(_: object) -> None:
    with multiprocessing.pool.ThreadPool(2) as pool:
        pool.map(abs, [1, 2])


WAITS_OUTSIDE: dict[str, tuple[Callable[[Any], Any], str]] = {
    "a process": (lambda _: subprocess.run([sys.executable, "-c", ""]), "subprocess.run may wait"),
    "a socket": (lambda _: socket.socketpair(), "socket.socketpair may wait"),
    "a file's lock": (locks_a_file, "fcntl.flock may wait"),
    "a pool of multiprocessing": (has_a_pool, "multiprocessing.pool.ThreadPool may wait"),
}


@pytest.mark.parametrize("way", WAITS_OUTSIDE)
def test_what_may_wait_outside_the_program_is_open_with_advice(way: str) -> None:
    thread, told = WAITS_OUTSIDE[way]
    found = find_race(object, [thread], lambda _: True)
    assert found.verdict == "open"
    assert told in str(found)
    assert "hand the threads an object in its place" in str(found)


def test_what_does_not_come_back_from_outside_is_open_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "SECONDS_WITHOUT_A_SIGN", 0.2)
    read_end, write_end = os.pipe()
    found = find_race(object, [lambda _: os.read(read_end, 1)], lambda _: True)
    os.close(write_end)  # the read comes back, and its thread ends
    os.close(read_end)

    assert found.verdict == "open"
    assert "a step did not come back" in str(found)
    assert "hand the threads an object in its place" in str(found)


def test_a_budget_in_seconds_ends_the_search() -> None:
    def ten_times(counter: Any) -> None:
        for _ in range(10):
            counter.add()

    found = find_race(Locked, [ten_times] * 2, lambda c: c.n == 20, seconds=0.05)
    assert found.verdict == "open"
    assert "the budget of 0.05 seconds is spent" in str(found)
    assert "fewer threads" in str(found)
