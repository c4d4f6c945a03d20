"""Judges `average_rating` by what it returns: the mean, and None where nobody has rated."""

from __future__ import annotations

from typing import Any

from course_lib.hazards.plainly import first_wrong, raised, same, shown, then
from course_lib.hazards.terms import Control, Observe, Task
from course_lib.reading import Check, failed, passed

MEAN, NOBODY = "gives the mean of the ratings", "gives None where nobody has rated"
GIVEN: tuple[list[int], ...] = ([4, 5], [3], [1, 2, 5], [5] * 7, [0, 0])
Observation = dict[str, Any]


def _judge(observe: Observe) -> list[Check]:
    *seen, nobody = observe([*({"ratings": ratings} for ratings in GIVEN), {"ratings": []}])
    return then(_mean(seen), lambda: [_nobody(nobody)], [NOBODY], "judged once the means are right")


def _mean(seen: list[Observation]) -> Check:
    wrong = first_wrong(map(_wrong_mean, GIVEN, seen))
    if wrong:
        return failed(MEAN, wrong, "the sum of the ratings by their number", wrong)
    return passed(MEAN, f"{len(GIVEN)} lists answered rightly")


def _wrong_mean(ratings: list[int], outcome: Observation) -> str | None:
    """What was wrong with the answer for one list, in words, or None."""
    if "raised" in outcome:
        return f"average_rating({shown(ratings)}) raised {raised(outcome)}"
    expected, found = sum(ratings) / len(ratings), outcome["returned"]
    if type(found) in (int, float) and found == expected:
        return None
    return f"average_rating({shown(ratings)}) gave {shown(found)}, not {shown(expected)}"


def _nobody(outcome: Observation) -> Check:
    if "raised" in outcome:
        told = f"average_rating([]) raised {raised(outcome)}"
    elif same(outcome["returned"], None):
        return passed(NOBODY, "an empty list gave None")
    else:
        told = f"average_rating([]) gave {shown(outcome['returned'])}"
    return failed(NOBODY, told, "None for an empty list", told)


def _differs(outcome: Observation) -> bool:
    return outcome.get("returned") != 4.5


TASKS = {"average_rating": Task(_judge, Control({"ratings": [4, 5]}, _differs), function=[MEAN], given=["ratings"])}
