"""Pools of threads: right programs are safe within the budget, and what only some order of the tasks does is found."""

from __future__ import annotations

import concurrent.futures
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed, wait
from typing import Any

import pytest

from course_lib.interleavings import find_race


class Sums:
    def __init__(self) -> None:
        self.n, self.lock = 0, threading.Lock()
        self.told: list[Any] = []

    def add(self) -> None:
        with self.lock:
            self.n += 1

    def race(self) -> None:
        self.n += 1


def locked(sums: Sums) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: sums.add(), range(2)))


def one_worker(sums: Sums) -> None:
    with ThreadPoolExecutor(max_workers=1) as pool:
        list(pool.map(lambda number: sums.told.append(number), range(2)))
        pool.submit(sums.race)


def as_they_end(sums: Sums) -> None:
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for future in as_completed([pool.submit(sums.add) for _ in range(2)]):
            future.result()


def waited_for(sums: Sums) -> None:
    pool = ThreadPoolExecutor(2)
    wait([pool.submit(sums.add) for _ in range(2)])
    sums.told.append(sums.n)
    pool.shutdown()


def not_waited_for(sums: Sums) -> None:
    pool = ThreadPoolExecutor(2)
    for _ in range(2):
        pool.submit(sums.add)
    sums.told.append(sums.n)
    pool.shutdown()


def racing(sums: Sums) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: sums.race(), range(2)))


def first_beside_third(sums: Sums) -> None:
    """Two workers, and only the first and the third of three tasks share anything."""
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda number: None if number == 1 else sums.race(), range(3)))


def waits_for_itself(sums: Sums) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: pool.submit(sums.add).result()).result()


def raises_in_the_task(sums: Sums) -> None:
    with ThreadPoolExecutor(2) as pool:
        sums.told.append(type(pool.submit(lambda: 1 // 0).exception()).__name__)


def cancels(sums: Sums) -> None:
    pool = ThreadPoolExecutor(1)
    pool.submit(sums.add)
    sums.told.append(pool.submit(sums.add).cancel())
    pool.shutdown()


def asks_whether_it_runs(sums: Sums) -> None:
    with ThreadPoolExecutor(1) as pool:
        sums.told.append(pool.submit(sums.add).running())


def three_tasks_for_two(sums: Sums) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: sums.add(), range(3)))


PROGRAMS: list[tuple[Callable[[Sums], None], Callable[[Sums], bool], str]] = [
    (locked, lambda sums: sums.n == 2, "safe"),
    (one_worker, lambda sums: (sums.told, sums.n) == ([0, 1], 1), "safe"),
    (as_they_end, lambda sums: sums.n == 2, "safe"),
    (waited_for, lambda sums: sums.told == [2], "safe"),
    (not_waited_for, lambda sums: sums.told == [2], "race"),
    (racing, lambda sums: sums.n == 2, "race"),
    (first_beside_third, lambda sums: sums.n == 2, "race"),
    (waits_for_itself, lambda sums: sums.n == 1, "deadlock"),
    (raises_in_the_task, lambda sums: sums.told == ["ZeroDivisionError"], "safe"),
    (cancels, lambda sums: sums.n == 1 if sums.told == [True] else sums.n == 2, "safe"),
    (cancels, lambda sums: sums.told == [True], "race"),
    (cancels, lambda sums: sums.told == [False], "race"),
    (asks_whether_it_runs, lambda sums: sums.told == [True], "race"),
    (asks_whether_it_runs, lambda sums: sums.told == [False], "race"),
    (three_tasks_for_two, lambda sums: sums.n == 3, "safe"),
]


@pytest.mark.parametrize(("program", "holds", "verdict"), PROGRAMS)
def test_pool(program: Callable[[Sums], None], holds: Callable[[Sums], bool], verdict: str) -> None:
    assert find_race(Sums, [program], holds, schedules=3_000).verdict == verdict


def test_two_threads_with_a_pool_each() -> None:
    assert find_race(Sums, [racing, Sums.race], lambda sums: sums.n == 3).verdict == "race"


def test_outside_an_exploration_it_is_the_librarys() -> None:
    find_race(Sums, [locked], lambda sums: sums.n == 2)

    assert (
        ThreadPoolExecutor.__module__ == concurrent.futures.ThreadPoolExecutor.__module__ == "concurrent.futures.thread"
    )
