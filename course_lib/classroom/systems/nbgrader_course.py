"""A course for nbgrader: its exercises with a graded cell a task, one point each, and settings that call the judge.

    python -m course_lib export nbgrader --out DIR

Nothing of a solution is in it. nbgrader makes the release of it, collects, autogrades and writes feedback.
"""

from __future__ import annotations

import copy
from pathlib import Path

from course_lib.classroom.systems.points import NotExported
from course_lib.exercise_files import ROOT, Notebook, as_delivered, award_cell, notebook_text, tags_of
from course_lib.syllabus import LESSONS

SETTINGS = '''"""nbgrader's settings for this course; README.md beside this file has the commands."""

import sys

sys.path.append({course!r})  # the folder that holds course_lib

from course_lib.classroom.systems.nbgrader_judge import autograding

c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "production_hazards"
# No student's code runs in a kernel of yours: the course's judge reads each notebook, and has it run confined.
c.Autograde.autograde_preprocessors = autograding()
'''
README = """# The exercises, for nbgrader

nbgrader is installed into the environment that the course runs in, from the course's folder:

    python -m pip install -r requirements-nbgrader.txt -c constraints.txt

Then, in this folder, for an exercise:

    nbgrader generate_assignment {example}
    nbgrader autograde {example}
    nbgrader generate_feedback {example}

The first writes `release/`, which students get; they hand in to `submitted/STUDENT/{example}/`. Each task is one point,
given where the course's own check passes. `nbgrader_config.py` has the judge read each notebook in place of a kernel
that would run it with your rights. Where something could not be measured, nbgrader says that the submission failed and
records no mark: run autograde again for it.

Students need the course as well, as `python -m course_lib release` makes it: the notebooks import `course_lib`.
"""


def export(out: Path) -> None:
    """Writes the course; raises NotExported where the folder is not new or empty."""
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise NotExported(f"{out} is not empty; name a new folder or an empty one")
    for lesson in LESSONS:
        place = out / "source" / lesson.stem / f"{lesson.stem}.ipynb"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(notebook_text(with_points(as_delivered(lesson))), "utf-8")
    (out / "nbgrader_config.py").write_text(SETTINGS.format(course=str(ROOT)), "utf-8")
    (out / "README.md").write_text(README.format(example=LESSONS[0].stem), "utf-8")


def with_points(exercise: Notebook) -> Notebook:
    """The exercise with each check turned into a graded cell of one point; answer cells stay as they are."""
    notebook, task = copy.deepcopy(exercise), ""
    for cell in notebook["cells"]:
        tags = tags_of(cell)
        task = next((tag.removeprefix("task:") for tag in tags if tag.startswith("task:")), task)
        if "check" in tags:
            cell["source"] = award_cell(task).splitlines(keepends=True)
            cell["metadata"]["nbgrader"] = _graded(task)
    return notebook


def _graded(task: str) -> dict[str, object]:
    told = {"schema_version": 3, "grade_id": task, "cell_type": "code", "points": 1}
    return {**told, "grade": True, "locked": True, "solution": False, "task": False}
