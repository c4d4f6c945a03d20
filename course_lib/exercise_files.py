"""The exercise and solution notebooks on disk: the cells that are a learner's, and putting one exercise back.

A solution's answer cell carries the starter of its exercise in its metadata, so the exercise can always be made anew:
the solution with its answer cells swapped and its outputs taken out. That of several files has its `repairs.toml`, and
is made anew by undoing each. Who hands the course out without solutions puts a copy of the exercises into
`exercises/.as_delivered/` first, and they are put back from there.
"""

from __future__ import annotations

import copy
import json
import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from course_lib.syllabus import WARM_UP, Lesson

ROOT = Path(__file__).resolve().parents[1]
REPAIRS = "repairs.toml"  # in a solution of several files

NO_NOTEBOOK = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What reading a file as a notebook comes to where it is none."""

Notebook = dict[str, Any]


def exercise_path(lesson: Lesson) -> Path:
    """The notebook with the learner's cells; that of the first two minutes lies among the lessons."""
    if lesson is WARM_UP:
        return ROOT / "notebooks" / f"{lesson.stem}.ipynb"
    return ROOT / "exercises" / lesson.exercise


def solution_path(lesson: Lesson) -> Path:
    return ROOT / "solutions" / lesson.exercise


def read_notebook(path: Path) -> Notebook:
    """The notebook in that file; raises OSError or ValueError."""
    notebook: Notebook = json.loads(path.read_text("utf-8-sig"))
    return notebook


def source_of(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def tags_of(cell: dict[str, Any]) -> list[str]:
    return list(cell.get("metadata", {}).get("tags", []))


def answer_cells(notebook: Notebook) -> dict[str, dict[str, Any]]:
    """The learner's cells by task, as tagged `task:NAME`."""
    return {
        tag.removeprefix("task:"): cell
        for cell in notebook["cells"]
        for tag in tags_of(cell)
        if tag.startswith("task:")
    }


def award_cell(task: str) -> str:
    """The cell that gives a task its point in nbgrader, in place of the exercise's own check."""
    told = "# One point, by the course's own check. Change nothing here.\n"
    return f'{told}from course_lib.award import award\n\naward("{task}")'


def course_sources(lesson: Lesson) -> set[str]:
    """The text of every cell of the exercise that is the course's own (tagged `check` or `demo`)."""
    awards = set(map(award_cell, lesson.tasks))
    for path in (exercise_path(lesson), solution_path(lesson)):
        with suppress(OSError, *NO_NOTEBOOK):
            cells = read_notebook(path)["cells"]
            return awards | {source_of(cell).strip() for cell in cells if {"check", "demo"} & set(tags_of(cell))}
    return awards


def starter_notebook(solution: Notebook) -> Notebook:
    """The exercise that belongs to a solution: starters in the answer cells, no outputs.

    Raises ValueError where an answer cell has no starter: the exercise would hold the answer.
    """
    notebook = copy.deepcopy(solution)
    if bare := [task for task, cell in answer_cells(notebook).items() if "starter" not in cell["metadata"]]:
        raise ValueError(f"the solution has no starter for {', '.join(bare)}")
    for cell in notebook["cells"]:
        starter = cell["metadata"].pop("starter", None)
        if starter is not None:
            cell["source"] = starter.splitlines(keepends=True)
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return notebook


def _from_itself(notebook: Notebook) -> Notebook:
    """The notebook put back by the starters that it carries, and goes on carrying."""
    fresh = starter_notebook(notebook)
    for put_back, cell in zip(fresh["cells"], notebook["cells"], strict=True):
        if "starter" in cell["metadata"]:
            put_back["metadata"]["starter"] = cell["metadata"]["starter"]
    return fresh


def notebook_text(notebook: Notebook) -> str:
    """The notebook as it is stored: just as JupyterLab writes it; outputs are taken as they stand in a file.

    `nbformat` would write the same, after a second and more of imports.
    """
    cells = [{**cell, "source": source_of(cell).splitlines(keepends=True)} for cell in notebook["cells"]]
    return json.dumps({**notebook, "cells": cells}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def as_delivered(lesson: Lesson) -> Notebook:
    """The exercise made from its solution or, in a course that was handed out without, the copy kept for that.

    The notebook of the first two minutes is made from itself.
    """
    if lesson is WARM_UP:
        return _made(_from_itself, exercise_path(lesson))
    solution, kept = solution_path(lesson), exercise_path(lesson).parent / ".as_delivered" / f"{lesson.stem}.ipynb"
    if solution.exists():
        return _made(starter_notebook, solution)
    if kept.exists():
        return _made(copy.copy, kept)
    raise ValueError(_nothing_to_make_it_from(solution, kept))


def _made(make: Callable[[Notebook], Notebook], source: Path) -> Notebook:
    """The notebook made of what that file holds; raises ValueError where that is none."""
    try:
        return make(read_notebook(source))
    except NO_NOTEBOOK as problem:
        if type(problem) is ValueError:
            raise  # it says what is missing
        where = source.relative_to(ROOT)
        raise ValueError(f"it is made from {where}, which is no readable notebook; ask who handed it out") from problem


def delivered_files(lesson: Lesson) -> dict[str, bytes]:
    """The exercise of several files, by their paths: the solution with its repairs undone, or the copy that was kept.

    Raises ValueError where neither is there, or a repair does not stand in the solution once.
    """
    solution, kept = solution_path(lesson), exercise_path(lesson).parent / ".as_delivered" / lesson.exercise
    table = solution / REPAIRS
    if not table.exists():
        if not kept.is_dir():
            raise ValueError(_nothing_to_make_it_from(table, kept))
        return files_in(kept)
    files = files_in(solution)
    repairs = tomllib.loads(files.pop(REPAIRS).decode()).get("repair")
    if not repairs:
        raise ValueError(f"solutions/{lesson.exercise}/{REPAIRS} names no repair, so nothing can be undone")
    for one in repairs:
        name, repaired = one["file"], one["repaired"].encode()
        if files[name].count(repaired) != 1:
            raise ValueError(f"a repair of {one['hazard']} does not stand in solutions/{lesson.exercise}/{name} once")
        files[name] = files[name].replace(repaired, one["delivered"].encode())
    return files


def files_in(folder: Path) -> dict[str, bytes]:
    """Its files by their paths in it, but what tools leave behind there."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    within = {path.relative_to(folder): path for path in paths}
    left_behind = {name for name in within if any(part.startswith((".", "__pycache__")) for part in name.parts)}
    return {name.as_posix(): path.read_bytes() for name, path in within.items() if name not in left_behind}


def _nothing_to_make_it_from(*paths: Path) -> str:
    wanted = " nor ".join(str(path.relative_to(ROOT)) for path in paths)
    return f"neither {wanted} is there, and it is made from one of them; ask who handed the course out"


def reset_exercise(lesson: Lesson) -> Path | None:
    """Puts the exercise back as it was delivered; the learner's version is kept beside it, and its path returned."""
    path = exercise_path(lesson)
    if lesson.entry:
        return _reset_folder(path, delivered_files(lesson))
    fresh = notebook_text(as_delivered(lesson))
    unfinished, kept = path.with_suffix(".ipynb.new"), None
    unfinished.write_text(fresh, "utf-8")  # before the learner's gives way: a disk may be full
    if path.exists() and (not path.is_file() or path.read_text("utf-8", "replace") != fresh):
        kept = _free_name(path, ".ipynb")
        path.replace(kept)
    unfinished.replace(path)
    return kept


def _reset_folder(path: Path, fresh: dict[str, bytes]) -> Path | None:
    """The same for an exercise of several files."""
    kept = None
    if path.exists():
        if path.is_dir() and files_in(path) == fresh:
            return None
        kept = _free_name(path, "")
        path.replace(kept)
    write_files(path, fresh)
    return kept


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    """Puts them there; the folder is made."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def starter_of(lesson: Lesson, task: str) -> str:
    """The task's cell as it was delivered; raises OSError or ValueError."""
    cells = answer_cells(as_delivered(lesson))
    if task not in cells:
        raise ValueError(f"the exercise has no cell for {task}")
    return source_of(cells[task])


def keep_text(lesson: Lesson, task: str, text: str) -> Path:
    """Writes a learner's text of one task beside the exercise, under a name of its own; raises OSError."""
    kept = _free_name(exercise_path(lesson), f".{task}.py")
    kept.write_text(text, "utf-8")
    return kept


def _free_name(path: Path, ending: str) -> Path:
    number = 1
    while (kept := path.with_name(f"{path.stem}.kept-{number}{ending}")).exists():
        number += 1
    return kept
