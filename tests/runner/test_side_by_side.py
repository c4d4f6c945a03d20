"""Jobs side by side: in their order, lazily where one is run at a time; who is interrupted waits for nobody."""

from __future__ import annotations

import threading
import time

import pytest

from course_lib.runner.side_by_side import in_order


def test_two_run_at_the_same_time_and_are_told_in_order() -> None:
    both = threading.Barrier(2, timeout=60)
    last_first = threading.Event()

    def first() -> str:
        both.wait()
        last_first.wait(60)
        return "first"

    def second() -> str:
        both.wait()
        last_first.set()
        return "second"

    assert list(in_order([first, second], 2)) == ["first", "second"]


def test_one_at_a_time_begins_when_it_is_asked_for_in_the_callers_own_thread() -> None:
    begun: list[int] = []
    results = in_order([lambda: begun.append(threading.get_ident())] * 2, 1)

    assert begun == []
    next(results)
    assert begun == [threading.get_ident()]


@pytest.mark.parametrize("at_once", [1, 2])
def test_what_a_job_raises_is_raised_in_its_turn_and_no_other_begins(at_once: int) -> None:
    begun: list[int] = []

    def slow() -> None:
        begun.append(1)
        time.sleep(0.1)  # all of them would take ten seconds

    results = in_order([lambda: None, lambda: 1 / 0, *[slow] * 200], at_once)

    next(results)
    with pytest.raises(ZeroDivisionError):
        next(results)
    assert len(begun) < 200


def test_who_is_interrupted_waits_for_nobody() -> None:
    begun, ending, ended = threading.Event(), threading.Event(), threading.Event()

    def waiting() -> bool:
        begun.set()
        ending.wait(20)
        ended.set()
        return True

    results = in_order([lambda: True, waiting], 2)

    assert next(results)
    assert begun.wait(60)
    with pytest.raises(KeyboardInterrupt):
        results.throw(KeyboardInterrupt)  # type: ignore[attr-defined]  # it is a generator
    assert not ended.is_set()
    ending.set()
