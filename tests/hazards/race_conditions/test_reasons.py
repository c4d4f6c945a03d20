"""A reason ends at the call that went wrong, and the replay is of the program that the reason tells of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from course_lib.reading import TaskVerdict
from course_lib.runner.judge import judge
from course_lib.runner.source import Cell, Submission
from course_lib.runner.warm import WarmParent
from course_lib.syllabus import find_lesson

BANK = """
class Bank:
    def __init__(self, balances):
        self.balances = {MADE}

    def transfer(self, source, target, amount):
        if self.balances[source] < amount:
            return False
        self.balances[source] -= amount
        self.balances[target] += amount
        return True

    def balance(self, account):
        return {TOLD}
"""
PLAIN = {"MADE": "dict(balances)", "TOLD": "self.balances[account]"}


@pytest.fixture(scope="module")
def parent() -> Iterator[WarmParent]:
    started = WarmParent.spawned("race_conditions")
    yield started
    started.close()


def told_of(parent: WarmParent, source: str, task: str = "Bank") -> TaskVerdict:
    lesson = find_lesson("04_race_conditions")
    assert lesson is not None
    return judge(lesson, Submission((Cell("mine.py", source.encode()),), notebook=False), parent, [task]).tasks[0]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({}, "({'a': 5, 'b': 7}): transfer('a', 'nobody', 5), then balance('a') returned 0, not 5"),
        ({"TOLD": "100"}, "({'a': 100, 'b': 0}): transfer('a', 'b', 30), then balance('a') returned 100, not 70"),
        ({"MADE": "{}"}, "({'a': 100, 'b': 0}): transfer('a', 'b', 30) raised KeyError: 'a' in line 7"),
    ],
)
def test_the_shortest_prefix_that_fails(parent: WarmParent, changed: dict[str, str], reason: str) -> None:
    told = told_of(parent, BANK.format_map({**PLAIN, **changed}).replace("{MADE}", "{}"))

    assert told.reason == reason
    assert told.evidence is None or told.evidence["title"].endswith(
        reason.rpartition(", then ")[2].rpartition("): ")[2]
    )


def test_a_wrong_count_is_told_with_the_calls_that_it_counts(parent: WarmParent) -> None:
    counter = "class UserCounter:\n    count = 0\n    def increment(self):\n        pass\n"
    told = told_of(parent, counter, "UserCounter")

    assert told.reason == "count; increment(); count: after 1 increments count is 0"


def test_the_replay_is_of_the_program_that_the_reason_tells_of(parent: WarmParent) -> None:
    lost = "class UserCounter:\n    count = 0\n    def increment(self):\n        self.count += 1\n"
    told = told_of(parent, lost, "UserCounter")

    assert told.evidence is not None
    calls, _, wrong = told.evidence["title"].partition(": ")
    assert told.reason.startswith("T0 calls increment() and T1 calls increment(): " + wrong)
    assert calls == "increment() | increment()"
