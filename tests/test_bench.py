"""What `make bench` measures is there to be measured."""

from __future__ import annotations

from course_lib.syllabus import LESSONS
from tests.bench import NEEDS, solved


def test_every_check_of_a_hazard_has_its_floor_and_its_solution() -> None:
    measured = [(lesson.slug, task) for lesson, task, _ in solved()]

    assert measured == [(lesson.slug, task) for lesson in LESSONS if lesson.slug in NEEDS for task in lesson.tasks]
    assert len(measured) == 17
