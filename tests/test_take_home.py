"""The test that each lesson sends home: six lines at most, asked of the plugin, red as delivered and green repaired.

That it is red and green is asserted by the cell below it whenever the lesson is run; only lesson 03, whose repair is
its exercise, is tried here with the solution. What it can't see: whether a reader's own project looks like the lesson.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest

from course_lib.exercise_files import answer_cells, source_of
from course_lib.pytest_plugin import marks
from course_lib.pytest_plugin.here import run_test
from course_lib.syllabus import EXERCISES, Lesson

ROOT = Path(__file__).resolve().parents[1]
MEASURING = "access bounded_memory no_race query_growth survives_faults values_stay_data work_growth"
FIXTURES = frozenset(f"{MEASURING} handles_closed queries watched_statements".split())
LINES = 6
HAZARDS = EXERCISES[:8]


def cells_of(lesson: Lesson) -> dict[str, str]:
    """The sources of a lesson's code cells by their ids, in order."""
    notebook = json.loads((ROOT / "notebooks" / f"{lesson.stem}.ipynb").read_text("utf-8"))
    return {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"}


def wrong_guard(cells: dict[str, str]) -> list[str]:
    """What is wrong with the two cells of a lesson's guard: the test itself, and the one that runs it both ways."""
    if list(cells).index("take-home") + 1 != list(cells).index("take-home-run"):
        return ["the test is not followed by the cell that runs it"]
    tests = [node for node in ast.parse(cells["take-home"]).body if isinstance(node, ast.FunctionDef)]
    if len(tests) != 1:
        return [f"{len(tests)} functions in the cell of the test, and one is taken home"]
    asked = {name.arg for name in tests[0].args.args} | {ast.unparse(one) for one in tests[0].decorator_list}
    known = FIXTURES | {f"pytest.mark.{name}" for name in marks.MARKS}
    lines = len(ast.unparse(tests[0]).splitlines())
    runs = ast.unparse(ast.parse(cells["take-home-run"])).splitlines()
    return [
        *([] if lines <= LINES else [f"the test has {lines} lines, {LINES} at most"]),
        *([] if asked & known else ["the test asks for no fixture and no mark of the plugin"]),
        *([] if any(line.startswith("assert not run_test(") for line in runs) else ["it is never seen to fail"]),
    ]


@pytest.mark.parametrize("lesson", HAZARDS, ids=lambda lesson: lesson.stem)
def test_every_lesson_sends_a_short_test_home_and_sees_it_fail(lesson: Lesson) -> None:
    assert wrong_guard(cells_of(lesson)) == []


def test_every_lesson_but_one_sees_it_pass_as_well() -> None:
    silent = [one.stem for one in HAZARDS if "\nassert run_test(" not in cells_of(one)["take-home-run"]]
    assert silent == ["03_error_handling"]


@pytest.mark.parametrize(
    "cells",
    [
        {"take-home": "def test_a(no_race):\n    pass", "other": "", "take-home-run": "assert not run_test(test_a)"},
        {"take-home": "x = 1", "take-home-run": "assert not run_test(test_a)"},
        {"take-home": "def test_a(mine):\n    pass", "take-home-run": "assert not run_test(test_a)"},
        {"take-home": "def test_a(no_race):\n" + "    pass\n" * 6, "take-home-run": "assert not run_test(test_a)"},
        {"take-home": "def test_a(no_race):\n    pass", "take-home-run": "assert run_test(test_a)"},
    ],
)
def test_a_wrong_guard_is_seen(cells: dict[str, str]) -> None:
    assert wrong_guard(cells)


# Run by pytest, in the process that asks


@pytest.fixture
def cell() -> Iterator[ModuleType]:
    """A module to define tests in, as the notebook's own is."""
    module = ModuleType("a_notebook")
    sys.modules[module.__name__] = module
    yield module
    del sys.modules[module.__name__]


def defined(module: ModuleType, source: str) -> FunctionType:
    exec(source, module.__dict__)  # noqa: S102  # as a cell is run
    return next(one for name, one in vars(module).items() if name.startswith("test_"))  # type: ignore[no-any-return]


def test_the_solution_of_error_handling_turns_its_guard_green(cell: ModuleType) -> None:
    lesson = next(one for one in HAZARDS if one.slug == "error_handling")
    solution: Any = json.loads((ROOT / "solutions" / f"{lesson.stem}.ipynb").read_text("utf-8"))
    exec(source_of(answer_cells(solution)["fetch_profile"]), cell.__dict__)  # noqa: S102
    exec("def client(base_url, timeout):\n    return fetch_profile(base_url, 7, timeout)", cell.__dict__)  # noqa: S102
    assert run_test(defined(cell, cells_of(lesson)["take-home"]))


EXPORT = """
def leaving(folder): open(folder / "a", "w").write("{}")
def closing(folder): (folder / "a").write_text("{}")

def test_export(handles_closed, tmp_path):
    export(tmp_path)
"""


def test_it_fails_and_passes_in_place_and_leaves_nothing(cell: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    test, before = defined(cell, EXPORT), set(sys.modules)
    assert not run_test(test, export=cell.leaving)
    failed = capsys.readouterr().out.splitlines()
    assert failed[0] == "test_export, export = leaving: fails"
    assert failed[1].startswith("    1 of 1 handles not closed by the code, opened at ")
    assert run_test(test, export=cell.closing)
    assert capsys.readouterr().out == "test_export, export = closing: passes\n"
    assert not hasattr(cell, "export")
    assert "test_here" not in set(sys.modules) - before


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("def test_a(queries):\n    pass", "could not measure queries: no statement reached a database"),
        ("def test_a(unheard_of):\n    pass", "fixture 'unheard_of' not found"),
        ("import pytest\n@pytest.mark.parametrize('x', [1])\ndef test_a():\n    pass", "uses no argument 'x'"),
        ("import pytest\n@pytest.mark.skip(reason='not today')\ndef test_a():\n    pass", "not today"),
    ],
)
def test_what_measures_nothing_does_not_pass(
    cell: ModuleType, capsys: pytest.CaptureFixture[str], source: str, told: str
) -> None:
    assert not run_test(defined(cell, source))
    assert told in capsys.readouterr().out


def test_a_test_inside_a_function_is_refused_with_the_reason() -> None:
    def test_inside() -> None: ...

    with pytest.raises(ValueError, match="is not at the top of"):
        run_test(test_inside)
