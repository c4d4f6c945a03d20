"""A long search is made program by program, and is never told as a call without an end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from course_lib.hazards.race_conditions.grader import LONGEST, TASKS, _together_or_each
from course_lib.hazards.terms import Hangs, Observe, Unmeasured


def machine(longest_that_ends: int, asked: list[int]) -> Observe:
    """First looks that leave every program open, and full searches that end for so many programs at once."""

    def observe(cases: Sequence[dict[str, Any]], alone: bool = False, **limits: Any) -> list[dict[str, Any]]:
        full = cases[0]["schedules"] > 100
        runs = [1] * len(cases) if alone else [len(cases)]
        if full:
            asked.extend(runs)
            assert limits["longest"] >= LONGEST
            assert alone or not any(case["enough"] for case in cases)
        if full and max(runs) > longest_that_ends:
            raise Hangs("the code did not come back")
        reason = "" if full else "the budget is spent"
        told = {"outcomes": [], "schedules": 1, "exhausted": full, "bound": None, "reason": reason}
        return [{"number": case["number"], **told} for case in cases]

    return observe


@pytest.mark.parametrize(("ends", "searches"), [(1000, 1), (1, 28)])
def test_a_long_search_is_made_program_by_program(ends: int, searches: int) -> None:
    asked: list[int] = []
    checks = TASKS["Bank"].judge(machine(ends, asked))

    assert {check.status for check in checks} == {"pass"}
    assert len(asked) >= searches


def test_a_program_whose_search_does_not_end_is_unmeasured() -> None:
    with pytest.raises(Unmeasured, match="all orders of one program"):
        TASKS["Bank"].judge(machine(0, []))


def test_programs_that_take_long_together_are_looked_at_one_by_one() -> None:
    def observe(cases: list[dict[str, Any]], alone: bool = False) -> list[dict[str, Any]]:
        if not alone:
            raise Hangs("the code did not come back")
        return [{"number": case["number"], "seen": True} for case in cases]

    seen = _together_or_each(observe, [{"number": 0}, {"number": 1}])  # type: ignore[arg-type]

    assert seen == [{"number": 0, "seen": True}, {"number": 1, "seen": True}]
