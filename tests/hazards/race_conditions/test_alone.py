"""All orders of the large programs: each searched in a process of its own, as far as their number allows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from course_lib.hazards.race_conditions.grader import ALL, TASKS
from course_lib.hazards.race_conditions.programs import ENOUGH, PREEMPTIONS, Shape
from course_lib.hazards.terms import Hangs
from course_lib.runner.parent import Run
from course_lib.runner.session import Session
from course_lib.runner.source import Cell, Submission
from course_lib.runner.warm import WarmParent

SLUG, BANK = "race_conditions", Path("tests/right_answers/04_race_conditions/Bank__tries_both_and_lets_both_go.py")
FOUR = dict.fromkeys("abcd", 100)
RING = Shape("", [FOUR], [[["transfer", a, b, 10]] for a, b in ("ab", "bc", "ca")], [["balance", "a"]])
TWO = Shape("", [FOUR], [[["transfer", "a", "b", 10]], [["transfer", "c", "d", 10]]], [["balance", "a"]])


def session(parent: WarmParent) -> Session:
    return Session(parent, Submission((Cell(BANK.name, BANK.read_bytes()),), notebook=False), "Bank", TASKS["Bank"])


@pytest.fixture
def parent() -> Any:
    started = WarmParent.spawned(SLUG)
    yield started
    started.close()


@pytest.mark.parametrize("at_once", [1, 2])
def test_each_case_has_a_process_of_its_own_and_is_seen_as_before(
    at_once: int, parent: WarmParent, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, started = parent.start, list[int]()

    def starting() -> Run:
        run = start()
        started.append(run.pid)
        return run

    monkeypatch.setattr(parent, "start", starting)
    parent.allow(at_once)
    cases = [TWO.case(ALL, number) for number in range(3)]
    alone, together = session(parent)(cases, alone=True), session(parent)(cases)

    assert len(set(started)) == 3 + 1
    assert alone == together
    assert [seen["number"] for seen in alone] == [0, 1, 2]


def test_one_that_does_not_come_back_is_a_hang(parent: WarmParent) -> None:
    with pytest.raises(Hangs):
        session(parent)([TWO.case(ALL), {**RING.case(ALL), "enough": None}], seconds=1.0, alone=True)


def test_a_large_program_is_searched_until_enough_is_covered(parent: WarmParent) -> None:
    assert RING.is_large
    assert not TWO.is_large
    [ring, two] = session(parent)([RING.case(ALL), TWO.case(ALL)], seconds=60.0, longest=180.0)

    assert two["exhausted"]
    assert not ring["exhausted"]
    assert ring["bound"] >= PREEMPTIONS
    assert ENOUGH <= ring["schedules"] < ALL
