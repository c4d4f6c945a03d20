"""An exploration's threads keep to one processor, and afterwards nobody does who did not before."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from course_lib.interleavings import explore
from course_lib.interleavings.exploring import one_processor
from course_lib.interleavings.exploring.one_processor import FREE_EVERY, OneProcessor
from tests.interleavings.cases import CASES, load, program

pytestmark = pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < 2,
    reason="the system lets no thread choose, or there is one processor",
)


def allowed() -> int:
    return len(os.sched_getaffinity(0))


def test_all_runs_but_a_few_keep_to_one_and_then_all_are_free() -> None:
    before, seen = allowed(), list[int]()
    with OneProcessor() as processor:
        for _ in range(2 * FREE_EVERY):
            processor.next_run()
            seen.append(allowed())

    assert seen == [before, *[1] * (FREE_EVERY - 1)] * 2
    assert allowed() == before


def test_threads_of_an_exploration_keep_to_one() -> None:
    before, seen = allowed(), list[int]()
    case = next(case.source for case in CASES if case.number == "44")
    two = program(load(case))
    first = two.threads[0]
    watched = replace(two, threads=[lambda state: (seen.append(allowed()), first(state)), *two.threads[1:]])
    explore(watched)

    assert (seen[0], seen[1]) == (before, 1)
    assert allowed() == before


def test_where_it_is_forbidden_they_run_as_they_may(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_thread: int, _processors: set[int]) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "sched_setaffinity", refuse)
    with OneProcessor() as processor:
        for _ in range(3):
            processor.next_run()


def test_where_nothing_tells_the_processor_they_run_as_they_may(monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.sched_getaffinity(0)
    monkeypatch.setattr(one_processor, "_current", lambda: None)
    with OneProcessor() as processor:
        for _ in range(3):
            processor.next_run()
            assert os.sched_getaffinity(0) == before
