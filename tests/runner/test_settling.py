"""A call is held to what it gave when it returned; nothing that is over by then is held against it."""

from __future__ import annotations

import threading
import time
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


@pytest.mark.skipif(not hasattr(time, "pthread_getcpuclockid"), reason="the system does not tell a thread's work")
def test_a_main_thread_that_polls_is_waited_out_once() -> None:
    """However many threads it starts one after the other, and looks for until they are done."""

    def call() -> int:
        for _ in range(20):
            thread = threading.Thread(target=int)
            thread.start()
            while thread.is_alive():
                pass
        return 1

    before = time.process_time()
    outcome, _ = settled(call)

    assert outcome == {"returned": 1}
    assert time.process_time() - before < 4 * settling.MOST_WORK


def test_threads_that_threads_start_begin_while_the_main_thread_waits() -> None:
    """Each waits for the one that it started; none waits for another look at the main thread."""

    def nested(depth: int) -> None:
        if depth:
            thread = threading.Thread(target=nested, args=(depth - 1,))
            thread.start()
            thread.join()

    assert settled(nested, 12)[0] == {"returned": None}


def test_no_thread_is_traced_once_none_begins_late() -> None:
    """Neither in the call that used them up nor in a later one."""
    hooks: list[object] = []

    def call() -> None:
        for _ in range(settling.LATE_THREADS + 2):
            thread = threading.Thread(target=int)
            thread.start()
            thread.join()
        hooks.append(threading.gettrace())

    settled(call)
    settled(lambda: hooks.append(threading.gettrace()))

    assert hooks == [None, None]


def test_threads_may_end_between_two_cases_and_those_that_stay_cost_one_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a thread still does would be laid to the next case."""
    monkeypatch.setattr(settling, "_looks_between", [True] * 200)
    there, gone, stop = settling.running_threads(), threading.Event(), threading.Event()
    monkeypatch.setattr(settling, "_running", lambda: threading.active_count() - 1 - there)

    quick_thread(lambda: (time.sleep(0.02), gone.set()))
    settling.let_threads_end()
    assert gone.is_set()
    assert settling._looks_between

    quick_thread(stop.wait)
    settling.let_threads_end()
    stop.set()
    assert not settling._looks_between


def test_what_a_thread_that_stays_still_has_to_do_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pool that is kept has used up the looks, and then a case leaves it work."""
    monkeypatch.setattr(settling, "_looks_between", [])
    monkeypatch.setattr(settling, "_worked_between", [0.0])
    done = []
    with ThreadPoolExecutor(1) as pool:
        pool.submit(int).result()
        for _ in range(3):
            pool.submit(lambda: done.append(sum(range(400_000))))
            settling.let_threads_end()
            done.append("next")

    assert [one == "next" for one in done] == [False, True] * 3


def test_a_thread_that_works_for_ever_costs_so_much_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "_looks_between", [True] * 50)
    monkeypatch.setattr(settling, "_worked_between", [0.0])
    monkeypatch.setattr(settling, "MOST_WORK_BETWEEN", 0.1)
    stop: list[bool] = []

    def work() -> None:
        while not stop:
            pass

    thread = threading.Thread(target=work)
    thread.start()
    before = time.process_time()
    for _ in range(5):
        settling.let_threads_end()
    spent = time.process_time() - before
    stop.append(True)
    thread.join()

    assert spent < 20 * settling.MOST_WORK_BETWEEN
