"""The house rules, each held against the whole repository, and each shown to fail on something broken."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from course_lib.exercise_files import notebook_text
from course_lib.syllabus import EXERCISES, Lesson, find_lesson
from tests.house import arrows, notebooks, text

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("notebooks", "exercises", "solutions")
STORED = sorted(path for folder in FOLDERS for path in (ROOT / folder).glob("*.ipynb") if ".kept-" not in path.name)
TO_COPY = sorted((ROOT / "course_lib" / "hazards" / "_template").glob("*.ipynb"))
MODULES = arrows.modules(ROOT)


def stored_in(*folders: str) -> list[Any]:
    found = [path for path in STORED + TO_COPY if path.parent.name in folders]
    return [pytest.param(path, id=f"{path.parent.name}/{path.stem}") for path in found]


def lessons_with(*folders: str) -> list[Any]:
    found = [one for one in EXERCISES if all((ROOT / folder / f"{one.stem}.ipynb").exists() for folder in folders)]
    return [pytest.param(lesson, id=lesson.stem) for lesson in found]


def load(path: Path) -> notebooks.Notebook:
    loaded: notebooks.Notebook = json.loads(path.read_text("utf-8"))
    return loaded


# The package


@pytest.mark.parametrize(("module", "source", "is_package"), [pytest.param(*one, id=one[0]) for one in MODULES])
def test_arrows_point_one_way_and_modules_say_what_they_are(module: str, source: str, is_package: bool) -> None:
    found = arrows.wrong_arrows(module, source, is_package) + arrows.heavy_at_the_top(module, source)
    assert found + arrows.shape_of(module, source) == []


PROBE, GRADER = "course_lib.hazards.sql_injection.probe", "course_lib.hazards.sql_injection.grader"
TEMPLATE = "course_lib.hazards._template"


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("course_lib.reading", "from course_lib.instruments import access"),
        ("course_lib.instruments.access.requests", "def f():\n    import course_lib.testbeds.accounts"),
        ("course_lib.testbeds.feed", "from course_lib.reading import Check"),
        ("course_lib.interleavings.finding", "from course_lib.reading import Check"),
        ("course_lib.instruments.access.requests", "import ipywidgets"),
        ("course_lib.cli", "from anywidget import AnyWidget"),
        ("course_lib.widgets.matrix", "from course_lib.runner import judge"),
        ("course_lib.runner.judge", f"from {GRADER} import TASKS"),
        ("course_lib.newcomer", "import os"),
        ("course_lib.hazards.newcomer", "import os"),
        (GRADER, f"from {PROBE} import PROBES"),
        (GRADER, f"import {PROBE}"),
        (GRADER, "from course_lib.hazards.sql_injection import probe"),
        (GRADER, "from . import probe"),
        (GRADER, "from .probe import PROBES"),
        (GRADER, "from ..sql_injection.probe import PROBES"),
        (GRADER, "from ...hazards.attempt import attempt"),
        (GRADER, "from course_lib.hazards.attempt import attempt"),
        (GRADER, "from course_lib.hazards.missing_authorization.attacks import bearer"),
        (GRADER, "from ..missing_authorization.attacks import bearer"),
        (GRADER, "from .. import missing_authorization"),
        (GRADER, "import course_lib"),
        ("course_lib.hazards.sql_injection.cases", "from .probe import PROBES"),
        (PROBE, f"from {GRADER} import TASKS"),
        (PROBE, "from .cases import ANSWERS"),
        (PROBE, "from course_lib.hazards.terms import Task"),
        (PROBE, "from .attack_console import AttackConsole"),
        ("course_lib.hazards.sql_injection.probe_watch", "from .grader import TASKS"),
        ("course_lib.hazards.sql_injection.attack_console", "from .grader import TASKS"),
        (GRADER, "from .attack_console import AttackConsole"),
        (f"{TEMPLATE}.grader", "from .probe import PROBES"),
        (f"{TEMPLATE}.probe", "from course_lib.hazards.terms import Task"),
        (f"{TEMPLATE}.probe", f"from {PROBE} import PROBES"),
        (PROBE, f"from {TEMPLATE}.probe import PROBES"),
    ],
)
def test_a_wrong_arrow_is_seen(module: str, source: str) -> None:
    assert arrows.wrong_arrows(module, source)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (GRADER, "from . import cases\nfrom .outcomes import Call\nfrom ..terms import Task\nimport json"),
        (PROBE, "from ..attempt import attempt\nfrom ...testbeds.orders import open_orders"),
        ("course_lib.hazards.sql_injection.attack_console", "from . import statement_tree\nimport ipywidgets"),
    ],
)
def test_a_right_arrow_is_let_through(module: str, source: str) -> None:
    assert arrows.wrong_arrows(module, source) == []


def test_a_package_is_where_its_relative_imports_begin() -> None:
    assert arrows.wrong_arrows("course_lib.instruments.access", "from ..testbeds import accounts") == [
        "course_lib.instruments.access imports course_lib.testbeds.accounts: instruments may know only ['reading']"
    ]
    assert arrows.wrong_arrows("course_lib.instruments.access", "from ...testbeds import feed", is_package=True)
    assert not arrows.wrong_arrows("course_lib.instruments.access", "from .testbeds import feed", is_package=True)


def test_a_heavy_grader_is_seen_and_a_late_import_is_not_one() -> None:
    assert arrows.heavy_at_the_top("course_lib.hazards.x.cases", "from sqlalchemy.orm import Session")
    assert not arrows.heavy_at_the_top("course_lib.hazards.x.cases", "def f():\n    import django")
    assert not arrows.heavy_at_the_top("course_lib.hazards.x.probe", "import django")


def test_a_shapeless_module_is_seen() -> None:
    assert arrows.shape_of("course_lib.x", "x = 1\n")
    assert arrows.shape_of("course_lib.x", "")
    assert arrows.shape_of("course_lib.utils", '"""X."""\n')
    assert arrows.shape_of("course_lib.hazards.x", '"""X."""\nfrom .grader import TASKS\n')
    assert not arrows.shape_of("course_lib.hazards.x", "")


# Every notebook


@pytest.mark.parametrize("path", stored_in(*FOLDERS, "_template"))
def test_notebook_is_stored_in_one_form(path: Path) -> None:
    assert notebooks.not_canonical(path.read_text("utf-8")) == []
    assert notebook_text(load(path)) == path.read_text("utf-8"), "the course writes it otherwise"
    assert notebooks.wrong_metadata(load(path)) == []


@pytest.mark.parametrize("path", stored_in(*FOLDERS, "_template"))
def test_notebook_holds_nothing_that_hides_a_failure(path: Path) -> None:
    assert notebooks.forbidden(load(path)) == []


@pytest.mark.parametrize("path", stored_in(*FOLDERS, "_template"))
def test_links_lead_somewhere(path: Path) -> None:
    assert notebooks.dead_links(load(path), path.parent) == []


@pytest.mark.parametrize("path", stored_in("notebooks", "exercises", "_template"))
def test_lessons_and_exercises_are_stored_without_outputs(path: Path) -> None:
    assert notebooks.stored_outputs(load(path)) == []


@pytest.mark.parametrize("path", stored_in("solutions"))
def test_solutions_were_run(path: Path) -> None:
    assert notebooks.never_run(load(path)) == []


@pytest.mark.parametrize("lesson", lessons_with("notebooks"))
def test_lesson_has_the_seven_headings_and_short_cells(lesson: Lesson) -> None:
    notebook = load(ROOT / "notebooks" / f"{lesson.stem}.ipynb")
    found = notebooks.wrong_headings(notebook) + notebooks.missing_generated(notebook)
    assert found + notebooks.long_cells(notebook) == []


@pytest.mark.parametrize("folder", ["exercises", "solutions"])
@pytest.mark.parametrize("lesson", lessons_with("exercises", "solutions"))
def test_exercise_has_an_answer_and_a_check_for_each_task(lesson: Lesson, folder: str) -> None:
    assert notebooks.missing_tags(load(ROOT / folder / f"{lesson.stem}.ipynb"), lesson.tasks) == []


@pytest.mark.parametrize("path", stored_in("exercises", "solutions"))
def test_exercise_carries_its_name(path: Path) -> None:
    assert notebooks.unnamed(load(path), path.stem) == []


@pytest.mark.parametrize("lesson", lessons_with("exercises", "solutions"))
def test_exercise_and_solution_differ_in_the_answers_alone(lesson: Lesson) -> None:
    pair = [load(ROOT / folder / f"{lesson.stem}.ipynb") for folder in ("exercises", "solutions")]
    assert notebooks.differences(*pair) == []


def test_every_notebook_belongs_to_a_lesson() -> None:
    strangers = [path.name for path in STORED if path.parent.name != "notebooks" and not find_lesson(path.stem)]
    assert strangers == []


# That each of these rules can fail


def cell(kind: str, source: str, name: str, *tags: str) -> notebooks.Cell:
    made: notebooks.Cell = {"cell_type": kind, "id": name, "metadata": {"tags": list(tags)}, "source": source}
    return made if kind == "markdown" else {**made, "outputs": [], "execution_count": None}


def notebook_of(*cells: notebooks.Cell) -> notebooks.Notebook:
    return {
        "cells": list(cells),
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


GOOD_LESSON = notebook_of(
    cell("markdown", "# Files stay open\n\n30 minutes", "title"),
    *(
        cell("markdown", f"## {name}\n\n```python\n# no heading\n```", f"part-{number}")
        for number, name in enumerate(notebooks.HEADINGS)
    ),
    cell("code", "def f():\n    return 1", "code", "generated"),
)
GOOD_EXERCISE = notebook_of(
    cell("code", "from course_lib.notebook import check", "setup", "demo"),
    cell("code", "def f():\n    return 1", "answer", "answer", "task:f"),
    cell("code", "check(f)", "check-f", "check"),
)


def broken(notebook: notebooks.Notebook, position: int, **changes: Any) -> notebooks.Notebook:
    changed = copy.deepcopy(notebook)
    changed["cells"][position].update(changes)
    return changed


def test_good_samples_are_good() -> None:
    assert notebooks.wrong_headings(GOOD_LESSON) + notebooks.missing_generated(GOOD_LESSON) == []
    assert notebooks.missing_tags(GOOD_EXERCISE, ("f",)) + notebooks.wrong_metadata(GOOD_EXERCISE) == []
    assert notebooks.long_cells(GOOD_LESSON) + notebooks.forbidden(GOOD_EXERCISE) == []
    assert notebooks.stored_outputs(GOOD_LESSON) == []


def test_wrong_headings_are_seen() -> None:
    swapped = broken(broken(GOOD_LESSON, 1, source="## It works"), 2, source="## The pull request")
    assert notebooks.wrong_headings(swapped)
    assert notebooks.wrong_headings(broken(GOOD_LESSON, 3, source="no heading"))
    assert notebooks.wrong_headings(broken(GOOD_LESSON, 0, source="## Not a title"))
    assert notebooks.wrong_headings(broken(GOOD_LESSON, 4, source="# A second title"))


def test_a_missing_generated_tag_and_a_long_cell_are_seen() -> None:
    assert notebooks.missing_generated(broken(GOOD_LESSON, -1, metadata={}))
    assert notebooks.long_cells(broken(GOOD_LESSON, -1, source="x = 1\n" * 13))
    assert not notebooks.long_cells(broken(GOOD_LESSON, -1, source="x = 1\n" * 12))


@pytest.mark.parametrize("position", [0, 1, 2])
def test_a_missing_tag_is_seen(position: int) -> None:
    assert notebooks.missing_tags(broken(GOOD_EXERCISE, position, metadata={}), ("f",))


def test_a_difference_between_exercise_and_solution_is_seen() -> None:
    solved = broken(GOOD_EXERCISE, 1, source="def f():\n    return 2")
    assert notebooks.differences(GOOD_EXERCISE, solved) == []
    assert notebooks.differences(GOOD_EXERCISE, GOOD_EXERCISE), "an answer that is the starter"
    assert notebooks.differences(GOOD_EXERCISE, broken(solved, 2, source="check(f) and 1"))
    assert notebooks.differences(GOOD_EXERCISE, broken(solved, 2, id="other"))
    assert notebooks.differences(GOOD_EXERCISE, notebook_of(*solved["cells"][:2]))


def test_a_notebook_without_its_name_is_seen() -> None:
    assert notebooks.unnamed(GOOD_EXERCISE, "07_sql_injection")
    assert notebooks.unnamed({**GOOD_EXERCISE, "metadata": {"course": {"exercise": "x"}}}, "07_sql_injection")
    assert not notebooks.unnamed({**GOOD_EXERCISE, "metadata": {"course": {"exercise": "x"}}}, "x")


def test_stored_outputs_and_cells_never_run_are_seen() -> None:
    assert notebooks.stored_outputs(broken(GOOD_LESSON, -1, execution_count=3))
    assert notebooks.never_run(GOOD_LESSON)
    assert not notebooks.never_run(broken(GOOD_LESSON, -1, execution_count=3))


@pytest.mark.parametrize(
    "source",
    [
        "clear_output(wait=True)",
        "handle = display(x, display_id='a')",
        "@out.capture()\ndef f(): ...",
        "with out:\n    print(1)",
        "interact(f, x=3)",
        "name = input('who')",
        "ax.plot(x);",
        "%timeit f()",
    ],
)
def test_a_forbidden_construct_is_seen(source: str) -> None:
    assert notebooks.forbidden(notebook_of(cell("code", source, "bad")))


def test_tags_that_hide_a_failure_are_seen() -> None:
    assert notebooks.forbidden(notebook_of(cell("code", "f()", "bad", "raises-exception")))
    ignored = cell("code", "f()", "bad", "nbval-ignore-output")
    assert notebooks.forbidden(notebook_of(ignored, cell("code", "print(1)", "next")))
    assert not notebooks.forbidden(notebook_of(ignored, cell("code", "assert x < y", "next")))


def test_wrong_metadata_is_seen() -> None:
    view = {"output_type": "display_data", "metadata": {}, "data": {notebooks.WIDGET_VIEW: {}}}
    assert notebooks.wrong_metadata(broken(GOOD_LESSON, -1, outputs=[view]))
    assert notebooks.wrong_metadata(broken(GOOD_LESSON, -1, id="3f9c_Z"))
    assert notebooks.wrong_metadata(broken(GOOD_LESSON, -1, id="title"))
    assert notebooks.wrong_metadata({**GOOD_LESSON, "nbformat_minor": 4})
    assert notebooks.wrong_metadata({**GOOD_LESSON, "metadata": {"kernelspec": {"name": "conda-env"}}})
    assert notebooks.wrong_metadata({**GOOD_LESSON, "metadata": {**GOOD_LESSON["metadata"], "widgets": {}}})


def test_a_dead_link_is_seen(tmp_path: Path) -> None:
    linked = notebook_of(cell("markdown", "[next](next.ipynb#top), [study](https://example.org/a)", "links"))
    assert notebooks.dead_links(linked, tmp_path)
    (tmp_path / "next.ipynb").touch()
    assert not notebooks.dead_links(linked, tmp_path)


def test_another_layout_is_seen() -> None:
    listed = copy.deepcopy(GOOD_EXERCISE)
    for one in listed["cells"]:
        one["source"] = one["source"].splitlines(keepends=True)
    stored = json.dumps(listed, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    assert notebooks.not_canonical(stored) == []
    assert notebooks.not_canonical(json.dumps(listed, indent=2, sort_keys=True) + "\n")
    assert notebooks.not_canonical(stored.rstrip("\n"))


# Every file


@pytest.mark.parametrize("path", text.tracked_files(ROOT), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_file_is_of_no_one_machine(path: Path) -> None:
    if path.suffix in text.BINARY:
        return
    assert text.wrong_text(path.relative_to(ROOT).as_posix(), path.read_text("utf-8", "replace")) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://" + text.HOSTS[0],
        "open('/" + "root/course/x')",
        "see /" + "tmp/session/x",
        "done \U0001f680",
    ],
)
def test_what_no_file_may_hold_is_seen(line: str) -> None:
    assert text.wrong_text("x.md", line)
