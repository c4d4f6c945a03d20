"""All 76 programs of the table and the families beside it are judged as they are, with no bound on preemptions."""

from __future__ import annotations

import pytest

from tests.interleavings.cases import CASES, FAMILIES, Case, explore_case, verdict


def test_the_table_is_whole() -> None:
    assert [case.number for case in CASES] == [f"{number:02}" for number in range(1, 77)]
    truths = [case.truth for case in CASES]
    assert (truths.count("race"), truths.count("dead"), truths.count("ok")) == (39, 8, 29)


@pytest.mark.parametrize("case", CASES + FAMILIES, ids=lambda case: f"{case.number}-{case.truth}")
def test_case(case: Case) -> None:
    exploration = explore_case(case)

    assert verdict(exploration) == case.truth, f"{case.title}\n{exploration}"
