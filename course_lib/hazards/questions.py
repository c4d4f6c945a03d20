"""What a hazard's lesson asks: bounds and reasons of its predictions, and questions to recall later; one Markdown file.

## predict KEY                  the question itself stands in the lesson
from 0 to 150                   whole numbers between these; or: from 0
right within a factor of 2      where the size is the point, or differs from machine to machine; else exactly
when 64: what is wrong with that very answer
because: why the usual guess goes wrong

## recall: the question, on one line
The answer.

The first prediction is the lesson's main one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from course_lib.hazards.coaching import sections
from course_lib.syllabus import EXERCISES, Lesson


@dataclass(frozen=True)
class Asked:
    """One prediction: between which whole numbers its answer lies, and what is said once it has been measured."""

    key: str
    lowest: float = 0
    highest: float = 1e15
    when: dict[float, str] = field(default_factory=dict)
    because: str = ""
    within: float = 1
    """By which factor a right answer may be off."""

    def is_right(self, answer: float, found: float) -> bool:
        small, large = sorted((answer, found))
        return answer == found or (small > 0 and large <= self.within * small)

    def refused(self, answer: float) -> str:
        """Why this can be no answer; empty where it can."""
        if not float(answer).is_integer():
            return "Answer with a whole number."
        if not self.lowest <= answer <= self.highest:
            most = f" to {self.highest:,.0f}" if self.highest < 1e15 else " up"
            return f"Answer with a whole number from {self.lowest:,.0f}{most}."
        return ""

    def told(self, answer: float | None) -> str:
        """What is said of that answer after the measurement."""
        return self.when.get(answer, self.because) if answer is not None else self.because


@dataclass(frozen=True)
class Recalled:
    """A question on a lesson that was taken, and its answer in Markdown."""

    lesson: str
    question: str
    answer: str


@cache
def predictions_of(lesson: Lesson) -> tuple[Asked, ...]:
    """The predictions of a lesson in its order, the main one first."""
    return tuple(_asked(title.split()[1], body) for title, body in _written(lesson) if title.startswith("predict "))


@cache
def to_recall(lesson: Lesson) -> tuple[Recalled, ...]:
    """The questions on a lesson, for lessons after it."""
    return tuple(
        Recalled(lesson.stem, title.removeprefix("recall:").strip(), body.strip())
        for title, body in _written(lesson)
        if title.startswith("recall:")
    )


def asked(key: str) -> Asked:
    """What is known of the prediction under that key; without bounds and words where nothing is."""
    every = (one for lesson in EXERCISES if key.startswith(f"{lesson.number:02d}_") for one in predictions_of(lesson))
    return next((one for one in every if one.key == key), Asked(key, lowest=-1e15))


def _written(lesson: Lesson) -> list[tuple[str, str]]:
    path = Path(__file__).parent / lesson.slug / "questions.md"
    return sections(path.read_text("utf-8"), "## ") if path.exists() else []


def _asked(key: str, body: str) -> Asked:
    """The section of one prediction; a sentence may go on over several lines."""
    lowest, highest, within, when, because = 0.0, 1e15, 1.0, {}, ""
    for line in re.split(r"\n(?=when |because:|from |right )", body.strip()):
        words = " ".join(line.split())
        if bounds := re.fullmatch(r"from (\d+)(?: to (\d+))?", words):
            lowest, highest = float(bounds[1]), float(bounds[2] or 1e15)
        elif factor := re.fullmatch(r"right within a factor of (\S+)", words):
            within = float(factor[1])
        elif reply := re.fullmatch(r"when (\d+): (.+)", words):
            when[float(reply[1])] = reply[2]
        else:
            because = words.removeprefix("because:").strip()
    return Asked(key, lowest, highest, when, because, within)
