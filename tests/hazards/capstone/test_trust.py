"""The capstone's judge: half repairs fail for their own reason, whole ones pass whatever their shape."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib.reading import TaskVerdict
from course_lib.runner.judge import judge
from course_lib.runner.parent import Parent
from course_lib.runner.source import Submission, read_folder
from course_lib.runner.warm import WarmParent
from course_lib.syllabus import CAPSTONE
from course_lib.testbeds.depot import SCHEMA
from tests.folders import ENTRY, SOLUTION, Changed, near_misses, right_answers

DELIVERED = Path(SOLUTION).parents[1] / "exercises" / CAPSTONE.exercise
RIGHT = {**right_answers(), "the solution": read_folder(SOLUTION, ENTRY)}


@pytest.fixture(scope="module")
def parent() -> Iterator[Parent]:
    started = WarmParent.spawned(CAPSTONE.slug)
    yield started
    started.close()


def verdict(submission: Submission, task: str, parent: Parent) -> TaskVerdict:
    return judge(CAPSTONE, submission, parent, [task]).tasks[0]


@pytest.mark.parametrize("sample", near_misses(), ids=str)
def test_half_repair_is_rejected_for_its_own_reason(sample: Changed, parent: Parent) -> None:
    told = verdict(sample.submission(), sample.task, parent)

    assert told.status == "fail", str(told)
    assert sample.fails in [check.name for check in told.checks if check.status == "fail"], str(told)


@pytest.mark.parametrize("task", CAPSTONE.tasks)
@pytest.mark.parametrize("name", RIGHT)
def test_right_service_passes_whatever_its_shape(name: str, task: str, parent: Parent) -> None:
    told = verdict(RIGHT[name], task, parent)

    assert told.status == "pass", str(told)


@pytest.mark.parametrize("task", CAPSTONE.tasks)
def test_delivered_service_works_and_has_every_hazard(task: str, parent: Parent) -> None:
    told = verdict(read_folder(DELIVERED, ENTRY), task, parent)

    assert told.status == ("pass" if task == "service" else "fail"), str(told)


def test_readme_states_the_tables_that_all_data_is_made_in() -> None:
    assert f"```sql\n{SCHEMA}```" in (DELIVERED / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, "there is no service.py"),
        ({"service.py": ""}, "must define create_service"),
        ({"service.py": "def create_service(:"}, "service.py, line 1 raised SyntaxError"),
        ({"service.py": "import orders", "orders.py": "x = 1\n1 / 0"}, "orders.py, line 2 raised ZeroDivisionError"),
        ({"service.py": "import sys\nsys.exit()"}, "service.py, line 2 ended the program"),
    ],
)
def test_what_can_not_be_loaded_is_told_in_a_sentence(
    files: dict[str, str], reason: str, tmp_path: Path, parent: Parent
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")

    told = verdict(read_folder(tmp_path, ENTRY), "service", parent)

    assert told.status == "error"
    assert reason in told.reason
