"""The course that is exported for nbgrader, under the real nbgrader: generated, autograded, with feedback."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

import pytest

from course_lib.classroom.systems.nbgrader_course import with_points
from course_lib.cli import main
from course_lib.exercise_files import answer_cells, as_delivered, read_notebook, solution_path, source_of, tags_of
from course_lib.syllabus import LESSONS

ROOT = Path(__file__).resolve().parents[2]
BESIDE = Path(
    sys.prefix, "nbgrader"
)  # its JupyterLab extensions have no place in the environment that tests the course
ALONE = ("nbgrader", "alembic", "mako", "rapidfuzz", "notebook", "setuptools")  # what it needs beyond that environment
LESSON = LESSONS[5]
NAME = LESSON.stem


def installed() -> str:
    """Installs nbgrader beside the environment where it is not there yet; why that did not work, or ""."""
    if {one.metadata["Name"].lower() for one in Distribution.discover(path=[str(BESIDE)])} >= set(ALONE):
        return ""
    shutil.rmtree(BESIDE, ignore_errors=True)
    target = ["--quiet", "--no-deps", "--target", str(BESIDE), "-c", str(ROOT / "constraints.txt"), *ALONE]
    with_uv = ["uv", "pip", "install", "--python", sys.executable] if shutil.which("uv") else []
    for command in filter(None, (with_uv, [sys.executable, "-m", "pip", "install", "--disable-pip-version-check"])):
        done = subprocess.run([*command, *target], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return ""
    return f"nbgrader could not be installed: {done.stderr.strip()[-200:]}"


def nbgrader(course: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(map(str, (ROOT, BESIDE, ROOT / "tests" / "without_grammars"))),
        "PATH": os.pathsep.join([str(BESIDE / "bin"), str(Path(sys.prefix, "bin")), os.environ["PATH"]]),
        "HOME": str(course),
        "JUPYTER_CONFIG_DIR": str(course / ".jupyter"),
        "COURSE_PROGRESS": str(course / "progress"),
    }
    command = [sys.executable, "-m", "nbgrader", *words]
    return subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True, check=False)


def hand_in(course: Path, student: str, name: str = NAME, /, **answers: str) -> None:
    """The released notebook with these answers, as a student hands it in."""
    notebook = read_notebook(course / "release" / name / f"{name}.ipynb")
    for task, source in answers.items():
        answer_cells(notebook)[task]["source"] = source
    place = course / "submitted" / student / name / f"{name}.ipynb"
    place.parent.mkdir(parents=True)
    place.write_text(json.dumps(notebook), "utf-8")


def scores(course: Path) -> dict[str, float | None]:
    """The points that nbgrader's own database has of each student."""
    asked = (
        "select student_id, sum(auto_score) from submitted_assignment a join submitted_notebook n "
        "on n.assignment_id = a.id join grade g on g.notebook_id = n.id group by student_id"
    )
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as connection:
        return dict(connection.execute(asked))


@pytest.mark.slow
def test_the_course_under_the_real_nbgrader(tmp_path: Path) -> None:
    """A right, a half right, an untouched and a hostile hand-in; and one of which nothing can be measured."""
    if because := installed():
        assert not os.environ.get("CI"), because
        pytest.skip(because)
    course = tmp_path / "course"
    assert main(["export", "nbgrader", "--out", str(course)]) == 0
    with (course / "nbgrader_config.py").open("a") as settings:
        settings.write(UNMEASURED)
    done = nbgrader(course, "generate_assignment", NAME)
    assert done.returncode == 0, done.stderr
    right = {task: source_of(cell) for task, cell in answer_cells(read_notebook(solution_path(LESSON))).items()}
    hand_in(course, "ana", **right)
    hand_in(course, "ben", common_ids=right["common_ids"], UserDirectory="class UserDirectory:\n    pass\n")
    hand_in(course, "cleo")
    hand_in(course, "dan", common_ids="from pathlib import Path\nPath('broken').touch()\nimport os\nos._exit(0)\n")
    hand_in(course, "eve", common_ids=f"{right['common_ids']}# no disk\n")

    done = nbgrader(course, "autograde", NAME, "--create")
    assert "for student 'eve'" in done.stderr and "could not be measured: no disk" in done.stderr
    assert done.stderr.count("There was an error processing assignment '") == 1, done.stderr
    assert scores(course) == {"ana": 2, "ben": 1, "cleo": 0, "dan": 0, "eve": None}
    assert not list(course.rglob("broken")) and not (course / "progress").exists()
    done = nbgrader(course, "generate_feedback", NAME)
    assert done.returncode == 0, done.stderr
    feedback = {who: (course / "feedback" / who / NAME / f"{NAME}.html").read_text("utf-8") for who in ("ana", "cleo")}
    assert "PASS" in feedback["ana"] and "NotYet" in feedback["cleo"] and "set(right)" not in feedback["cleo"]


UNMEASURED = """
from course_lib.classroom.systems import nbgrader_judge
from course_lib.reading import not_judged

measured = nbgrader_judge.judge


def judge(lesson, submission, parent):
    if any(b"no disk" in cell.source for cell in submission.cells):
        return not_judged(lesson.stem, lesson.tasks, "unmeasured", "could not be measured: no disk")
    return measured(lesson, submission, parent)


nbgrader_judge.judge = judge
"""


def test_every_exercise_has_a_graded_cell_for_each_task_and_no_answer() -> None:
    for lesson in LESSONS:
        notebook = with_points(as_delivered(lesson))
        graded = [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader")]
        assert [cell["metadata"]["nbgrader"]["grade_id"] for cell in graded] == list(lesson.tasks)
        assert all(cell["metadata"]["nbgrader"]["points"] == 1 and "check" in tags_of(cell) for cell in graded)
        answers = {source_of(cell) for cell in answer_cells(read_notebook(solution_path(lesson))).values()}
        assert answers.isdisjoint(map(source_of, notebook["cells"]))


def test_a_place_that_is_taken_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kept").touch()
    assert main(["export", "nbgrader", "--out", str(tmp_path)]) == 2
    assert "is not empty" in capsys.readouterr().err and [one.name for one in tmp_path.iterdir()] == ["kept"]


def run_award(task: str, monkeypatch: pytest.MonkeyPatch, status: Any, grading: bool) -> None:
    from course_lib import award
    from course_lib.reading import TaskVerdict, Verdict
    from course_lib.widgets.verdict import VerdictView

    verdict = Verdict(NAME, status, 0.1, (TaskVerdict(task, status, "because"),))
    monkeypatch.setattr(award, "check", lambda _task: VerdictView(verdict))
    monkeypatch.setattr(award.os, "_exit", lambda code: (_ for _ in ()).throw(SystemExit(code)))
    monkeypatch.setenv("COURSE_PROGRESS", "elsewhere")
    if grading:
        monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    award.award(task)


@pytest.mark.parametrize("grading", [True, False])
def test_in_a_kernel_the_cell_passes_fails_or_ends_it(monkeypatch: pytest.MonkeyPatch, grading: bool) -> None:
    """What could not be measured ends the kernel while nbgrader grades: no mark, and no zero."""
    run_award("common_ids", monkeypatch, "pass", grading)
    for status in ("fail", "error"):
        with pytest.raises(AssertionError, match="because"):
            run_award("common_ids", monkeypatch, status, grading)
    with pytest.raises(SystemExit if grading else AssertionError):
        run_award("common_ids", monkeypatch, "unmeasured", grading)
