"""What the lessons ask: every question has its section, every section its question, and each can be answered."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from course_lib.hazards.questions import asked, predictions_of, to_recall
from course_lib.syllabus import LESSONS, Lesson
from tests.figures.table import ANSWERS

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


def code_of(lesson: Lesson) -> str:
    cells = json.loads((NOTEBOOKS / f"{lesson.stem}.ipynb").read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_what_is_asked_in_the_lesson_has_its_words_and_is_compared(lesson: Lesson) -> None:
    """In the lesson's order; two to four small ones beside the main one, two questions in lesson 9."""
    code = code_of(lesson)
    keys = re.findall(r'\bpredict\(\s*"([^"]+)"', code)
    assert keys == [one.key for one in predictions_of(lesson)]
    assert sorted(re.findall(r'\bcompare\("([^"]+)"', code)) == sorted(keys)
    assert [answer.key for answer in ANSWERS[lesson.stem]] == keys
    assert len(keys) >= (2 if lesson.slug == "defence" else 3)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_every_prediction_says_why_the_usual_guess_goes_wrong(lesson: Lesson) -> None:
    """The right answer can be given, and no sentence for a wrong one belongs to it."""
    for answer in ANSWERS[lesson.stem]:
        one = asked(answer.key)
        assert one.because.endswith(".")
        if answer.value is not None:
            assert one.refused(answer.value) == ""
            assert answer.value not in one.when
        assert all(one.refused(guess) == "" for guess in one.when)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_there_is_something_to_recall(lesson: Lesson) -> None:
    """Questions of lesson 9 too: whoever comes back to an earlier one may have taken it."""
    questions = to_recall(lesson)
    assert questions
    assert all(one.question.endswith(("?", ".")) and one.answer for one in questions)
    assert len({one.question for one in questions}) == len(questions)
