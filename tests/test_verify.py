"""Of the proof of the course: a check that a task does not have, and a starter that fails in what it is for."""

from __future__ import annotations

from dataclasses import replace

from course_lib import verify
from course_lib.hazards.start_here.grader import MEAN
from course_lib.reading import Check, TaskVerdict, Verdict, failed, passed
from course_lib.syllabus import WARM_UP

FUNCTION, HAZARD = replace(passed(MEAN, "4.5"), about="function"), replace(passed("stays", "yes"), about="hazard")


def verdict(*checks: Check) -> Verdict:
    return Verdict(WARM_UP.stem, "pass", 0.1, (TaskVerdict("average_rating", "pass", "", checks),))


def test_a_task_has_the_checks_that_it_calls_about_the_function_and_others_besides() -> None:
    assert list(verify._misnamed(WARM_UP, verdict(FUNCTION, HAZARD))) == []
    assert [MEAN in told for told in verify._misnamed(WARM_UP, verdict(HAZARD))] == [True]
    assert list(verify._misnamed(WARM_UP, verdict(FUNCTION))) == ["average_rating has no check about the hazard"]


def test_a_starter_fails_at_the_hazard_alone() -> None:
    broken = replace(failed(MEAN, "4", "4.5", "off"), about="function")
    assert list(verify._broken_already(verdict(FUNCTION, replace(HAZARD, status="fail")))) == []
    assert [MEAN in told for told in verify._broken_already(verdict(broken, HAZARD))] == [True]
