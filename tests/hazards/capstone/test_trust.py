"""The capstone's judge: half repairs fail for their own reason, whole ones pass whatever their shape.

A half repair is judged by the part of its task that must reject it, or, where several may, by one after the other until
one does; so is the service as delivered. Whole ones are judged by all tasks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from course_lib.hazards.capstone import behaviour, faults, growth, injections, leaks, queries, races, strangers
from course_lib.reading import TaskVerdict
from course_lib.runner.judge import judge
from course_lib.runner.parent import Parent
from course_lib.runner.source import Submission, read_folder
from course_lib.runner.warm import WarmParent
from course_lib.syllabus import CAPSTONE
from course_lib.testbeds.depot import SCHEMA
from tests.folders import ENTRY, SOLUTION, Changed, beside, near_misses, right_answers

DELIVERED = Path(SOLUTION).parents[1] / "exercises" / CAPSTONE.exercise
RIGHT = {**right_answers(), "the solution": read_folder(SOLUTION, ENTRY)}


PARTS: dict[str, tuple[ModuleType, str]] = {
    "service": (behaviour, "SCRIPTS"),
    "resource_leaks": (leaks, "KINDS"),
    "unbounded_growth": (growth, "KINDS"),
    "error_handling": (faults, "SCRIPTS"),
    "race_conditions": (races, "SCENES"),
    "n_plus_one_queries": (queries, "KINDS"),
    "sql_injection": (injections, "KINDS"),
    "missing_authorization": (strangers, "KINDS"),
}


@pytest.fixture(scope="module")
def parent() -> Iterator[Parent]:
    started = WarmParent.spawned(CAPSTONE.slug)
    yield started
    started.close()


def verdict(submission: Submission, task: str, parent: Parent) -> TaskVerdict:
    return judge(CAPSTONE, submission, parent, [task]).tasks[0]


def parts_of(task: str) -> list[str]:
    return list(getattr(*PARTS[task])) if task in PARTS else []


def verdict_in(part: str, submission: Submission, task: str, parent: Parent) -> TaskVerdict:
    """The verdict by one part of the task alone."""
    module, name = PARTS[task]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, {part: getattr(module, name)[part]})
        return verdict(submission, task, parent)


def verdict_by(check: str, submission: Submission, task: str, parent: Parent) -> TaskVerdict:
    """The verdict by the part of the task that makes this check; by all of it where several parts do."""
    alone = check in parts_of(task)
    told = verdict_in(check, submission, task, parent) if alone else verdict(submission, task, parent)
    assert check in [one.name for one in told.checks], str(told)
    return told


def rejection(submission: Submission, task: str, parent: Parent, check: str = "") -> TaskVerdict:
    """The first verdict by a part of the task that fails, by this check where one is named; else the last."""
    told = None
    for part in [check] if check in parts_of(task) else parts_of(task):
        told = verdict_in(part, submission, task, parent)
        failed = [one.name for one in told.checks if one.status == "fail"]
        if check in failed or (failed and not check):
            break
    return told or verdict(submission, task, parent)


@pytest.mark.parametrize("sample", near_misses(), ids=str)
def test_half_repair_is_rejected_for_its_own_reason(sample: Changed, parent: Parent) -> None:
    told = rejection(sample.submission(), sample.task, parent, sample.fails)

    assert told.status == "fail", str(told)
    assert sample.fails in [check.name for check in told.checks if check.status == "fail"], str(told)


@pytest.mark.parametrize("sample", [one for one in near_misses() if one.cures], ids=str)
def test_half_repair_that_breaks_another_hazard_cures_its_own(sample: Changed, parent: Parent) -> None:
    assert sample.cures is not None
    task, check = sample.cures

    told = verdict_by(check, sample.submission(), task, parent)

    assert task != sample.task
    assert told.status == "pass", str(told)


@pytest.mark.parametrize("sample", beside(), ids=str)
def test_right_service_beside_a_half_repair_passes(sample: Changed, parent: Parent) -> None:
    assert sample.cures is not None
    task, check = sample.cures

    told = verdict_by(check, sample.submission(), task, parent)

    assert told.status == "pass", str(told)


@pytest.mark.parametrize("task", CAPSTONE.tasks)
@pytest.mark.parametrize("name", RIGHT)
def test_right_service_passes_whatever_its_shape(name: str, task: str, parent: Parent) -> None:
    told = verdict(RIGHT[name], task, parent)

    assert told.status == "pass", str(told)


@pytest.mark.parametrize("task", CAPSTONE.tasks)
def test_delivered_service_works_and_has_every_hazard(task: str, parent: Parent) -> None:
    told = (verdict if task == "service" else rejection)(read_folder(DELIVERED, ENTRY), task, parent)

    assert told.status == ("pass" if task == "service" else "fail"), str(told)


def test_what_is_no_service_is_told_what_one_is(tmp_path: Path, parent: Parent) -> None:
    (tmp_path / "service.py").write_text("def create_service(settings):\n    ...\n")

    told = verdict(read_folder(tmp_path, ENTRY), "service", parent)

    assert told.status != "pass"
    assert "create_service must return an object with app, a WSGI application, and close()" in str(told)


def test_the_service_is_read_in_one_sitting() -> None:
    own = [path for path in DELIVERED.glob("*.py") if path.name not in ("test_service.py", "conftest.py")]
    assert 400 <= sum(len(path.read_text("utf-8").splitlines()) for path in own) <= 600


def test_no_hazard_is_short_of_samples() -> None:
    half = Counter(one.task for one in near_misses())
    assert [task for task in CAPSTONE.tasks if half[task] < 8] == []
    assert len(RIGHT) >= 5


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
