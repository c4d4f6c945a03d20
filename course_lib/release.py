"""The course as students get it: no solutions, no tests, and hints, checks and `reset` that still work.

    python -m course_lib release --out DIR
    python -m course_lib release --out DIR --without-hints

Exercises are as delivered, whatever was done to them here, and a second copy of each lies where `reset` looks for one.
The good answers are taken out of the coaching. What stays, since checks and lesson 9 need it: each grader's expected
values, what is behind each incident of lesson 10, the repaired twin of each instrument's known-bad sample, and an
assistant's recorded answers to three tasks, some of them right.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from course_lib.exercise_files import (
    ROOT,
    delivered_files,
    exercise_path,
    notebook_text,
    read_notebook,
    solution_path,
    starter_notebook,
    write_files,
)
from course_lib.syllabus import CAPSTONE, EXERCISES, LESSONS

FILES = ("LICENSE", "requirements.txt", "requirements-capstone.txt", "constraints.txt", "start.py")
FOLDERS = ("notebooks", "course_lib")
GOOD_ANSWER = "### good answer"
TEMPLATE = Path("course_lib", "hazards", "_template")


class NotReleased(Exception):
    """The release can't be made there; the message is the sentence to show."""


def release(out: Path, hints: bool = True) -> None:
    """Makes it; raises NotReleased where the folder is not new or empty, or a solution is missing to make it from."""
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise NotReleased(f"{out} is not empty; name a new folder or an empty one")
    if inside := next((name for name in FOLDERS if out.resolve().is_relative_to(ROOT / name)), ""):
        raise NotReleased(f"{out} lies in {inside}, which is handed out; name a folder outside of it")
    if missing := [lesson.stem for lesson in EXERCISES if not solution_path(lesson).exists()]:
        raise NotReleased(f"exercises are made from solutions, and there is none for {', '.join(missing)}")
    copy_without_answers(out, FOLDERS)
    if not hints:
        _cut(out / "course_lib" / "hazards", "### hint")
    _write_exercises(out / "exercises")
    (out / "README.md").write_text(readme(hints), "utf-8")


def copy_without_answers(out: Path, folders: Iterable[str]) -> None:
    """Puts these folders of the course there, `course_lib` among them, and the files beside them."""
    out.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(ROOT / name, out / name)
    for name in folders:
        shutil.copytree(ROOT / name, out / name, ignore=_left_out)
    _cut(out / "course_lib" / "hazards", GOOD_ANSWER)


def _left_out(folder: str, names: Iterable[str]) -> set[str]:
    """What no release holds: what tools and readers leave behind, repaired samples, and the template of a hazard."""
    hidden = {
        name for name in names if name.startswith((".", "repaired_")) or name == "__pycache__" or ".kept-" in name
    }
    return hidden | ({TEMPLATE.name} if Path(folder) == ROOT / TEMPLATE.parent else set())


def _cut(hazards: Path, part: str) -> None:
    for path in hazards.glob("*/coaching.md"):
        path.write_text(without(part, path.read_text("utf-8")), "utf-8")


def without(part: str, coaching: str) -> str:
    """The coaching without the parts whose headings begin so; what else each task has stays."""
    kept, dropping, fenced = [], False, False
    for line in coaching.splitlines(keepends=True):
        if not fenced and line.startswith(("## ", "### ")):  # a heading that stands within code is none
            dropping = line.startswith(part)
        fenced ^= line.startswith("```")
        if not dropping:
            kept.append(line)
    return "".join(kept)


def _write_exercises(folder: Path) -> None:
    """Each exercise twice: to work on, and to put back."""
    for lesson in LESSONS:
        text = notebook_text(starter_notebook(read_notebook(solution_path(lesson))))
        for place in (folder, folder / ".as_delivered"):
            place.mkdir(parents=True, exist_ok=True)
            (place / exercise_path(lesson).name).write_text(text, "utf-8")
    for place in (folder, folder / ".as_delivered"):
        write_files(place / CAPSTONE.exercise, delivered_files(CAPSTONE))


def readme(hints: bool = True) -> str:
    """What a student reads first."""
    rows = "\n".join(f"| {one.number} | {one.title} | {one.minutes} | {_tasks(one.tasks)} |" for one in EXERCISES)
    return README.format(rows=rows, example=LESSONS[0].stem, helps=HINTS if hints else NO_HINTS, reset=RESET)


def _tasks(tasks: Iterable[str]) -> str:
    return ", ".join(f"`{task}`" for task in tasks)


RESET = "`reset()` puts the exercise back as it was and keeps your version."
HINTS = "`hint(...)` helps one step at a time. It costs nothing."
NO_HINTS = "There are no hints in this copy."
README = """# What AI-written code gets wrong, measured

    python3 start.py

opens the course in JupyterLab (on Windows `py start.py`). The first time it installs everything into this folder, and
needs the network for that. Begin with `notebooks/00_start_here.ipynb`. Python 3.11 or newer is needed.

| | Hazard | Minutes | You repair |
| --- | --- | --- | --- |
{rows}

In an exercise, run the cells, repair the function, and run its `check`: the verdict gives the reason in the numbers of
your own code. {helps} {reset}

From a terminal, with the environment's own Python (`.venv/bin/python`):

    python -m course_lib check {example} exercises/{example}.ipynb
    python -m course_lib progress

Hand in the notebook itself; its name may be changed. Of lesson 10 hand in the folder, under its own name. There are no
solutions here: ask who handed the course out.
"""
