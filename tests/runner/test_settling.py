"""A call is held to what it gave when it returned; nothing that is over by then is held against it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from course_lib.hazards import settling
from course_lib.hazards.settling import changes, settled


@pytest.fixture(autouse=True)
def nothing_held(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(settling, "_held", [])
    monkeypatch.setattr(settling, "_late_threads", [])
    yield


def quick_thread(target: Any) -> None:
    threading.Thread(target=target).start()


def test_a_thread_that_nobody_waits_for_comes_too_late() -> None:
    """Even one that would have been faster than the return; and the change is seen."""

    def call() -> list[int]:
        found: list[int] = []
        quick_thread(lambda: found.append(1))
        return found

    outcome, _ = settled(call)

    assert outcome == {"returned": []}
    assert [(one.what, one.then, one.now) for one in changes()] == [("what it returned", [], [1])]


def test_threads_that_are_waited_for_are_in_time() -> None:
    """Begun late, and waited for."""

    def call() -> list[int]:
        with ThreadPoolExecutor(4) as pool:
            return list(pool.map(abs, range(-9, 0)))

    assert settled(call)[0] == {"returned": list(range(9, 0, -1))}
    assert changes() == []


def test_only_a_few_threads_of_a_process_begin_late() -> None:
    """A hundred threads, each waited for, do not cost a hundred waits."""

    def call() -> None:
        for _ in range(100):
            thread = threading.Thread(target=int)
            thread.start()
            thread.join()

    settled(call)

    assert len(settling._late_threads) == settling.LATE_THREADS


def test_an_argument_is_held_too() -> None:
    """What the call itself does to it is the grader's to judge; what happens to it later is a change."""

    def call(items: list[int]) -> None:
        kept = list(items)
        items.clear()
        threading.Timer(0.001, items.extend, [kept]).start()

    _, given = settled(call, [1, 2])

    assert given == [[]]
    assert [(one.what, one.now) for one in changes()] == [("an argument", [1, 2])]


@pytest.mark.parametrize("value", [None, 1, "x", [1, [2]], {"a": (1,)}, [object()], {1, 2}], ids=str)
def test_what_does_not_change_is_no_change(value: Any) -> None:
    """Nor is an object that is not plain data, whatever it does."""
    settled(lambda: value)
    settled(lambda argument: argument, [value])

    assert changes() == []


def test_what_is_raised_is_told_as_ever() -> None:
    """And leaves no hook behind."""
    outcome, given = settled(int, "x")

    assert (outcome["raised"], given) == ("ValueError", [])
    assert threading.gettrace() is None
