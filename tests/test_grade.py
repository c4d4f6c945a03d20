"""A folder of submissions becomes one table; nobody's crash is anybody else's."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from course_lib.cli import main
from course_lib.grade import grade_folder
from course_lib.syllabus import LESSONS

RIGHT = (
    "def common_ids(left, right):\n    known = set(right)\n    return [x for x in dict.fromkeys(left) if x in known]\n"
)


def graded(folder: Path) -> tuple[bool, list[dict[str, str]]]:
    out = io.StringIO()
    passed = grade_folder(LESSONS[5], folder, out)
    return passed, list(csv.DictReader(io.StringIO(out.getvalue())))


def test_one_line_a_submission_in_order(tmp_path: Path) -> None:
    """Right, wrong, crashing and unreadable ones each get their own verdict; other files are passed over."""
    sources = {
        "ana.py": RIGHT,
        "ben.py": "import os; os._exit(0)",
        "cleo.ipynb": "{",
        "=dan.py": "def (",
        "notes.txt": "",
    }
    for name, source in sources.items():
        (tmp_path / name).write_text(source)
    passed, rows = graded(tmp_path)

    assert not passed
    assert [row["submission"] for row in rows] == ["'=dan.py", "ana.py", "ben.py", "cleo.ipynb"]
    assert [row["common_ids"] for row in rows] == ["error", "pass", "error", "error"]
    assert rows[1]["passed"] == "1/2"
    assert "not a readable notebook" in rows[3]["common_ids: reason"]


def test_an_empty_folder_is_an_empty_table(tmp_path: Path) -> None:
    """Nothing handed in, nothing failed."""
    assert graded(tmp_path) == (True, [])


def test_a_file_in_place_of_the_folder_is_wrong_usage(tmp_path: Path) -> None:
    """One sentence, exit status 2."""
    (tmp_path / "x.py").write_text(RIGHT)

    assert main(["grade", "06_data_structures", str(tmp_path / "x.py")]) == 2
