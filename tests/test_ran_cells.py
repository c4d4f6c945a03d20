"""The cells of a session as they were last run: their numbers, which one answers, whether it was edited since."""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from course_lib.ran_cells import RanCell, RanCells, ago, answering, edited_since


def run(cells: RanCells, source: str, number: int, key: str | None = None, error: BaseException | None = None) -> None:
    info = SimpleNamespace(cell_id=key, raw_cell=source)
    cells.begins(info)
    cells.ends(SimpleNamespace(info=info, execution_count=number, error_in_exec=error))


def test_a_cell_run_twice_counts_once_at_its_last_place_by_its_last_number() -> None:
    """The numbers are those in the brackets, also where some cells kept none."""
    cells = RanCells()
    cells.ran_before(["import x", "y = 1"])
    run(cells, "a = 1", 3, "one")
    run(cells, "b = 1", 4, "two")
    run(cells, "a = 2", 5, "one")

    told = [(cell.number, cell.source) for cell in cells.learners({"import x"})]
    assert told == [(2, "y = 1"), (4, "b = 1"), (5, "a = 2")]


def test_a_cell_that_the_learner_stopped_is_remembered_as_stopped() -> None:
    """Until it is run to its end."""
    cells = RanCells()
    run(cells, "while True: pass", 1, "a", KeyboardInterrupt())
    assert [cell.interrupted for cell in cells.learners(set())] == [True]

    run(cells, "while True: pass", 2, "a", ValueError())
    assert [cell.interrupted for cell in cells.learners(set())] == [False]


@pytest.mark.parametrize(
    ("source", "answers"),
    [
        ("def task(): pass", True),
        ("async def task(): pass", True),
        ("class task: pass", True),
        ("task = mine", True),
        ("if True:\n    task = mine", True),
        ("%time\ndef task(): pass", True),
        ("def other():\n    task = 1", False),
        ("task()", False),
        ("%time task()", False),
    ],
)
def test_the_cell_that_answers_is_the_last_that_binds_the_name(source: str, answers: bool) -> None:
    cell = RanCell("a", 7, source, 0.0)

    earlier = RanCell("b", 6, "def task(): return 0", 0.0)

    assert answering([earlier, cell], "task") is (cell if answers else earlier)
    assert answering([cell], "task") is (cell if answers else None)


def test_an_edit_that_was_saved_after_the_run_is_seen(tmp_path: Path) -> None:
    """Not one from before it, not the same text with other blanks at its ends, not in a file that is none."""
    path, cell = tmp_path / "mine.ipynb", RanCell("a", 1, "x = 1", 1000.0)
    path.write_text(json.dumps({"cells": [{"id": "a", "source": ["x = 2"]}, {"id": "b", "source": "x = 1"}]}))
    assert edited_since(cell, path)
    os.utime(path, (900, 900))
    assert not edited_since(cell, path)
    path.write_text(json.dumps({"cells": [{"id": "a", "source": "x = 1\n"}]}))
    assert not edited_since(cell, path)
    for broken in ("{", "[]", '{"cells": 7}'):
        path.write_text(broken)
        assert not edited_since(cell, path)
    assert not edited_since(cell, tmp_path / "missing.ipynb")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.4, "just now"),
        (1.9, "just now"),
        (12, "12 seconds ago"),
        (61, "1 minute ago"),
        (3599, "59 minutes ago"),
        (7300, "2 hours ago"),
    ],
)
def test_how_long_ago(seconds: float, words: str) -> None:
    assert ago(seconds) == words
