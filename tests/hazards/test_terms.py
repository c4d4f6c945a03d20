"""What a task says of itself is true of its cases."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from course_lib.hazards import terms
from course_lib.hazards.terms import Task
from course_lib.syllabus import LESSONS

HAZARDS = Path(terms.__file__).parent
TASKS = [
    (lesson.slug, name, task)
    for lesson in LESSONS
    for name, task in importlib.import_module(f"course_lib.hazards.{lesson.slug}.grader").TASKS.items()
]


@pytest.mark.parametrize(("slug", "name", "task"), TASKS, ids=[f"{slug} {name}" for slug, name, _ in TASKS])
def test_what_a_code_is_given_is_named_as_it_is_in_a_case(slug: str, name: str, task: Task) -> None:
    """A misspelt name would be told of no code that does not come back."""
    sources = "".join(path.read_text("utf-8") for path in (HAZARDS / slug).rglob("*.py"))
    assert [given for given in task.given if f'"{given}":' not in sources and f'"{given}"]' not in sources] == []


REVIEWS = {"FINDINGS", "DEMONSTRATIONS"}  # written from nothing: the starter does nothing yet that could be kept


@pytest.mark.parametrize(("slug", "name", "task"), TASKS, ids=[f"{slug} {name}" for slug, name, _ in TASKS])
def test_each_task_but_the_reviews_has_checks_about_what_it_is_for(slug: str, name: str, task: Task) -> None:
    """That they are checks of its, and not all of them, is for `verify` to say, which judges."""
    assert bool(task.function) != (name in REVIEWS)
