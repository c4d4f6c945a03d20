"""The references of `trial --selftest` are the code that `verify` judges, and holds to what a trial says of it.

All eighteen tasks judged once more would take more than a minute of processor: `make verify` judges the same cells, in
their notebooks, anyway. What is shown here is that the cell alone and the cell in its notebook are one program.
"""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterator
from dataclasses import replace

import pytest

from course_lib import verify
from course_lib.exercise_files import exercise_path, solution_path
from course_lib.hazards.defence.candidates import candidates
from course_lib.reading import Check, TaskVerdict, Verdict, failed, passed
from course_lib.runner.source import read_submission
from course_lib.trial.selftest import ABOUT_THE_FUNCTION, references
from course_lib.trial.tasks import UPLOAD, all_requests

TASKS = [task for task in all_requests() if task != UPLOAD]


def looked_up_in(source: str) -> set[str]:
    """The names that any part of a program looks up in its module."""
    module = symtable.symtable(source, "cell", "exec")
    found = {one.get_name() for one in module.get_symbols() if one.is_referenced()}
    return found.union(
        *({one.get_name() for one in scope.get_symbols() if one.is_global()} for scope in _within(module))
    )


def _within(scope: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in scope.get_children():
        yield child
        yield from _within(child)


def bound_in(source: str) -> dict[str, str]:
    """What a program binds in its module, and the words that do so: `import json`, say, of an import of several."""
    found = {}
    for statement in ast.parse(source).body:
        names = symtable.symtable(ast.unparse(statement), "statement", "exec").get_symbols()
        imported = {alias.asname or alias.name: alias for alias in getattr(statement, "names", [])}
        for name in (one.get_name() for one in names if one.is_assigned() or one.is_imported()):
            origin = f"from {getattr(statement, 'module', '')} import " if name in imported else ""
            found[name] = f"{origin}{ast.unparse(imported.get(name, statement))}"
    return found


@pytest.mark.parametrize("task", TASKS)
def test_a_reference_is_a_cell_that_verify_judges_and_needs_no_other(task: str) -> None:
    lesson = all_requests()[task].lesson
    kinds = [(kind, safe) for kind, _code, safe in references(task)]
    assert kinds == [("the starter", False), ("the solution", True)]

    for path, (_kind, code, _safe) in zip(
        (exercise_path(lesson), solution_path(lesson)), references(task), strict=True
    ):
        cells = [cell.source.decode() for cell in read_submission(path, lesson.entry).cells]
        assert cells.count(code) == 1
        bound, looked_up = bound_in(code), looked_up_in(code)
        assert task in bound
        assert looked_up <= bound.keys() | set(dir(builtins)) | {"__name__"}, "it stands alone"
        for other in cells:
            changed = {name for name, words in bound_in(other).items() if words != bound.get(name)}
            assert not changed & (looked_up | bound.keys()), "another cell of the notebook changes what it means"


def test_what_a_cell_needs_and_what_it_binds_is_seen() -> None:
    assert looked_up_in("def f(x):\n    return json.loads(x)\n") == {"json"}
    assert looked_up_in("class A:\n    b = lambda: each + c\nfor each in []:\n    pass\n") == {"each", "c"}
    assert bound_in("import json, re\nfrom time import sleep as wait\na = b = 1\ndef f(): g = 2\n") == {
        "json": "from  import json",
        "re": "from  import re",
        "wait": "from time import sleep as wait",
        "a": "a = b = 1",
        "b": "a = b = 1",
        "f": "def f():\n    g = 2",
    }


def test_of_the_upload_the_references_are_candidates_that_work() -> None:
    """A right one, and one for each promise but those that are about the function: judged by the trial's own test."""
    given = references(UPLOAD)
    broken = [one for one in candidates() if f"candidate {one.name}" in [kind for kind, _, safe in given if not safe]]
    assert [safe for _, _, safe in given].count(True) == 1
    assert {one.breaks for one in broken} == {one.breaks for one in candidates()} - {"", *ABOUT_THE_FUNCTION}
    assert {code for _, code, _ in given} <= {one.source for one in candidates()}


WORKS, SAFE = replace(passed("gives", "4"), about="function"), replace(passed("closes", "4"), about="hazard")
WORKS_NOT, UNSAFE = (replace(failed(one.name, "3", "4", "off"), about=one.about) for one in (WORKS, SAFE))


@pytest.mark.parametrize(
    ("starter", "solution", "told"),
    [
        ((WORKS, UNSAFE), (WORKS, SAFE), ()),
        ((WORKS, SAFE), (WORKS, SAFE), ("the starter", "works, safe")),
        ((replace(WORKS, status="skipped"), UNSAFE), (WORKS, SAFE), ("the starter", "does not work, not safe")),
        ((WORKS_NOT, UNSAFE), (WORKS, SAFE), ("the starter", "does not work, not safe")),
        ((UNSAFE,), (WORKS, SAFE), ("the starter", "does not work, not safe")),
        ((WORKS, UNSAFE), (WORKS, UNSAFE), ("the solution", "works, not safe")),
        ((WORKS, UNSAFE), (WORKS,), ("the solution", "works, not safe")),
    ],
)
def test_verify_holds_each_to_what_a_trial_says_of_it(
    starter: tuple[Check, ...], solution: tuple[Check, ...], told: tuple[str, ...]
) -> None:
    def of(*checks: Check) -> Verdict:
        return Verdict("01_resource_leaks", "pass", 0.1, (TaskVerdict("count_rows", "pass", "", checks),))

    found = list(verify._misjudged_in_a_trial(of(*starter), of(*solution)))
    assert found == ([f"{told[0]} of count_rows {told[1]}, as a trial judges it"] if told else [])


def test_verify_asks_that_of_every_lesson() -> None:
    """Each task of a trial but the upload is one of a lesson that verify proves, in a notebook."""
    of_notebooks = [task for lesson in verify.EXERCISES if not lesson.entry for task in lesson.tasks]
    assert set(TASKS) <= set(of_notebooks) and len(TASKS) == 17
