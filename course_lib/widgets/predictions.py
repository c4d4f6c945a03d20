"""The predictions that a learner made: kept with the progress, how far off they were, and what certainty was worth.

The first answer to a question stands; what is answered later is kept beside it and marked. An answer counts as right
when it is exact, or off by no more than its question allows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from course_lib.hazards.questions import asked as asked_for
from course_lib.progress import ProgressNotSaved, events, record
from course_lib.widgets.chart_drawing import number

SURE = {"a guess": 50, "fairly sure": 75, "certain": 95}
LESSONS_BEFORE_A_LINE = 3
FACTOR_FROM, WHERE_LARGE = 2, 20
"""Off by so many times is told as a factor, where the larger of the two is no smaller than that."""


@dataclass(frozen=True)
class Prediction:
    """What was predicted, in which unit, and how sure in percent."""

    answer: float
    unit: str
    sure: float

    def __str__(self) -> str:
        return f"{self.amount}, {self.sure} % sure"

    @property
    def amount(self) -> str:
        return amount(self.answer, self.unit)


def amount(value: float, unit: str) -> str:
    """`1 search`, `2 searches`, `3 of 5`; the figure alone where there is no unit."""
    if value == 1 and not unit.startswith("of "):
        unit = re.sub(r"(?<=ch)es$|s$", "", re.sub("ies$", "y", unit))
    return f"{number(value)} {unit}".strip()


def prediction_in(event: Mapping[str, Any]) -> Prediction | None:
    """The prediction that an event holds, or None where a line of the progress file was damaged."""
    answer, sure = event.get("answer"), event.get("sure", 50)
    return (
        Prediction(float(answer), str(event.get("unit", "")), sure) if is_figure(answer) and is_figure(sure) else None
    )


def is_figure(value: object) -> TypeGuard[int | float]:
    """Whether a value out of the progress file is a finite number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def predicted(key: str) -> Prediction | None:
    """The first prediction that was kept under the key, or None."""
    return next(_predictions(key), None)


def _predictions(key: str) -> Iterator[Prediction]:
    return filter(None, (prediction_in(event) for event in events("predict") if event.get("key") == key))


def measured(key: str) -> float | None:
    """What was measured first under the key, or None."""
    found = (event["measured"] for event in events("measured") if event.get("key") == key)
    return next(filter(is_figure, found), None)


def second_thoughts(key: str) -> list[tuple[Prediction, bool]]:
    """The answers that came after the first one, each with whether the measurement was known by then."""
    found, known = [], False
    for event in events():
        if event.get("key") != key:
            continue
        known |= event["kind"] == "measured"
        if event["kind"] == "predict" and (prediction := prediction_in(event)):
            found.append((prediction, known))
    return found[1:]


def keep_answer(key: str, unit: str, answer: float, sure: float) -> str:
    """Writes the answer to the progress file; the sentence that says so, or that it could not be written."""
    first, given = predicted(key), Prediction(answer, unit, sure)
    if first is not None and first.answer == answer:
        return f"Kept: {first}." + ("" if measured(key) is not None else " Now measure.")
    try:
        record("predict", key=key, unit=unit, answer=answer, sure=sure)
    except ProgressNotSaved as problem:
        return f"{given}; {problem}"
    if first is None:
        return f"Kept: {given}. Now measure."
    return f"Your first answer stands: {first}. Kept beside it, as {_later(measured(key) is not None)}: {given.amount}."


def _later(known: bool) -> str:
    return "given after the measurement" if known else "a second thought"


def later_in_words(key: str) -> str:
    """The last answer that came after the first, marked as such; empty where there is none."""
    thoughts = second_thoughts(key)
    if not thoughts:
        return ""
    prediction, known = thoughts[-1]
    return f"{_later(known)}: {prediction.amount}"


def distance(answer: float, found: float, unit: str) -> str:
    """How far an answer is from what was measured: as a factor where it is many times too large or too small.

    What has no unit, such as a status, is a name and no amount.
    """
    if answer == found:
        return "exactly right"
    if not unit:
        return "not what you predicted"
    way = "too high" if answer > found else "too low"
    small, large = sorted((answer, found))
    if small > 0 and large >= max(WHERE_LARGE, FACTOR_FROM * small):
        return f"{way} by a factor of {number(_rounded(large / small))}"
    return f"{way} by {number(large - small)}"


def _rounded(factor: float) -> float:
    return round(factor) if factor >= 10 else round(factor, 1)


@dataclass(frozen=True)
class Calibration:
    """Answers by how sure they were, as (right, asked), and of how many lessons they are."""

    by_sure: Mapping[int, tuple[int, int]]
    lessons: int

    def __str__(self) -> str:
        """One line, once there are predictions of three lessons; before that, nothing."""
        if self.lessons < LESSONS_BEFORE_A_LINE:
            return ""
        asked = sum(count for _, count in self.by_sure.values())
        right = sum(hits for hits, _ in self.by_sure.values())
        believed = sum(sure * count for sure, (_, count) in self.by_sure.items()) / asked
        parts = [
            f"{name} ({sure} %) {self.by_sure[sure][0]} of {self.by_sure[sure][1]}"
            for name, sure in SURE.items()
            if sure in self.by_sure
        ]
        share = 100 * right / asked
        return (
            f"How sure you were, and how often right: {', '.join(parts)}. Over {asked} predictions "
            f"of {self.lessons} lessons you gave yourself {believed:.0f} % and were right in {share:.0f} %: "
            f"{_in_a_word(believed - share)}."
        )


def _in_a_word(gap: float) -> str:
    if abs(gap) <= 10:
        return "about as sure as right"
    return "surer than right" if gap > 0 else "righter than sure"


def calibration() -> Calibration:
    """The first answer to each question that has been measured."""
    answered = [(key, predicted(key), measured(key)) for key in _keys()]
    pairs = [(key, guess, found) for key, guess, found in answered if guess and found is not None]
    by_sure: dict[int, tuple[int, int]] = {}
    for key, guess, found in pairs:
        sure = min(SURE.values(), key=lambda step, said=guess.sure: abs(step - said))  # type: ignore[misc]
        hits, asked = by_sure.get(sure, (0, 0))
        by_sure[sure] = hits + asked_for(key).is_right(guess.answer, found), asked + 1
    return Calibration(by_sure, len({key[:2] for key, _, _ in pairs}))


def _keys() -> Iterable[str]:
    return dict.fromkeys(event["key"] for event in events("predict"))
