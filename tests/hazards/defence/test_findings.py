"""A review is scored by where it points and at what; robots that point everywhere, nowhere or by words fail."""

from __future__ import annotations

from typing import Any

import pytest

from course_lib.hazards.defence.findings import FINDINGS
from course_lib.hazards.defence.places import LONGEST, SLACK
from course_lib.hazards.defence.places_of_lockers import LOCKERS
from course_lib.reading import Check
from course_lib.syllabus import HAZARDS

LINES = LOCKERS.text.splitlines()
TRUE = [(*LOCKERS.lines(place), place.hazard) for place in LOCKERS.planted]


def judged(findings: Any) -> list[Check]:
    return FINDINGS.judge(lambda cases, **_: [{"findings": findings}])


def passes(findings: Any) -> bool:
    return all(check.status == "pass" for check in judged(findings))


def test_a_review_that_knows_passes() -> None:
    assert passes(TRUE)
    assert passes([(first, hazard) for first, _, hazard in TRUE])
    assert passes([[*one] for one in TRUE])


def test_five_of_seven_and_two_false_alarms_pass_and_one_fewer_or_more_does_not() -> None:
    alarms = [(1, "data_structures"), (20, "race_conditions"), (60, "sql_injection")]
    assert passes(TRUE[:5] + alarms[:2])
    assert not passes(TRUE[:4] + alarms[:2])
    assert not passes(TRUE[:5] + alarms)
    assert not passes(TRUE + alarms)


@pytest.mark.parametrize("place", LOCKERS.planted, ids=lambda place: place.name)
def test_a_finding_may_miss_by_three_lines_and_not_by_four(place: Any) -> None:
    others = [one for one in TRUE if one[-1] != place.hazard][:4]
    first = min(span[0] for span in LOCKERS.spans(place))
    last = max(span[1] for span in LOCKERS.spans(place))
    for line, hits in (
        (first - SLACK, True),
        (first - SLACK - 1, False),
        (last + SLACK, True),
        (last + SLACK + 1, False),
    ):
        if line <= len(LINES):
            assert passes([*others, (line, place.hazard)]) is hits, line


def test_a_second_hit_on_the_same_fault_counts_neither_way() -> None:
    again = [(first, hazard) for first, _, hazard in TRUE]
    assert passes(TRUE[:5] + again[:5])
    assert not passes(TRUE[:4] + again[:4])


def test_the_right_lines_under_another_name_are_no_hit_and_are_told_apart() -> None:
    wrong = [(first, last, "data_structures") for first, last, _ in TRUE]
    checks = judged(wrong)
    assert checks[1].measured == "0 of 7 found"
    assert "7 of them at the right lines" in checks[2].feedback


def test_the_lines_of_a_fault_that_was_found_are_not_called_the_right_ones() -> None:
    first, last, _ = TRUE[0]
    again = [(first, last, "data_structures")] * 3
    assert "under another" in judged(again)[2].feedback
    assert "under another" not in judged([*TRUE, *again])[2].feedback


ROBOTS = {
    "every line, every hazard": [(line, hazard) for line in range(1, len(LINES) + 1) for hazard in HAZARDS][:990],
    "every line, one hazard": [(line, "sql_injection") for line in range(1, len(LINES) + 1)],
    "the whole file, every hazard": [(1, len(LINES), hazard) for hazard in HAZARDS],
    "blocks of forty lines": [
        (first, min(first + LONGEST - 1, len(LINES)), hazard)
        for first in range(1, len(LINES), LONGEST)
        for hazard in HAZARDS
    ],
    "silent": [],
    "every place, what it looks like": [(*LOCKERS.lines(place), place.hazard) for place in LOCKERS.places],
}
WORDS = {
    "open(": "resource_leaks",
    "connect(": "resource_leaks",
    "deque": "unbounded_growth",
    "except": "error_handling",
    "_lock": "race_conditions",
    "execute(": "n_plus_one_queries",
    " in ": "data_structures",
    'f"SELECT': "sql_injection",
    "@app": "missing_authorization",
}
ROBOTS["words"] = [
    (number, hazard) for number, line in enumerate(LINES, 1) for word, hazard in WORDS.items() if word in line
]


@pytest.mark.parametrize("name", ROBOTS)
def test_a_robot_fails(name: str) -> None:
    assert not passes(ROBOTS[name])


@pytest.mark.parametrize(
    ("finding", "told"),
    [
        (3, "write (line, hazard)"),
        ((3,), "write (line, hazard)"),
        ((1, 2, 3, "sql_injection"), "write (line, hazard)"),
        (("3", "sql_injection"), "a line is a whole number"),
        ((3.0, "sql_injection"), "a line is a whole number"),
        ((True, "sql_injection"), "a line is a whole number"),
        ((3, 4), "is no hazard"),
        ((3, "sql-injection"), "did you mean 'sql_injection'?"),
        ((3, "style"), "there are resource_leaks"),
        ((9, 3, "sql_injection"), "the first line comes after the last"),
        ((0, "sql_injection"), "has the lines 1 to"),
        ((10**30, "sql_injection"), "has the lines 1 to"),
    ],
)
def test_a_finding_that_can_not_be_read_is_told_in_one_sentence(finding: Any, told: str) -> None:
    check = judged([*TRUE, finding])[0]
    assert check.status == "fail"
    assert check.feedback.startswith("finding 8, ")
    assert told in check.feedback and "\n" not in check.feedback


def test_more_findings_than_a_review_has_are_not_looked_at() -> None:
    assert "no review" in judged([(1, "sql_injection")] * 2_000)[0].feedback
