"""A folder of submissions becomes one table; nobody's crash is anybody else's."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from course_lib.cli import main
from course_lib.grade import grade_folder, submissions_in
from course_lib.runner.confinement import level
from course_lib.syllabus import CAPSTONE, LESSONS

RIGHT = (
    "def common_ids(left, right):\n    known = set(right)\n    return [x for x in dict.fromkeys(left) if x in known]\n"
)


def graded(folder: Path) -> tuple[bool, list[dict[str, str]]]:
    out = io.StringIO()
    passed = grade_folder(LESSONS[5], submissions_in(folder, LESSONS[5]), out)
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


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """It may lead to anything on this machine, a good answer among it."""
    (tmp_path / "elsewhere.py").write_text(RIGHT)
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "ana.py").symlink_to(tmp_path / "elsewhere.py")
    passed, [row] = graded(folder)

    assert not passed
    assert (row["common_ids"], row["common_ids: reason"]) == ("error", "a link; it is not followed")


def test_a_service_a_folder_is_a_line_each(tmp_path: Path) -> None:
    for name, source in {"ana": "1 / 0", "ben": "def ("}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "service.py").write_text(source)
    (tmp_path / "notes").mkdir()
    out = io.StringIO()
    grade_folder(CAPSTONE, submissions_in(tmp_path, CAPSTONE), out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))

    assert [(row["submission"], row["status"], row["passed"]) for row in rows] == [
        ("ana", "error", "0/9"),
        ("ben", "error", "0/9"),
    ]


@pytest.mark.parametrize("inside", ["", "ana", "ana.py"])
def test_a_folder_without_submissions_is_wrong_usage(
    tmp_path: Path, inside: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where each student has a folder: a header alone would read as a class that is done."""
    if inside:
        (tmp_path / inside).mkdir()
        (tmp_path / inside / "answer.py").write_text(RIGHT)

    assert main(["grade", "06_data_structures", str(tmp_path)]) == 2
    assert capsys.readouterr() == (
        "",
        f"there is no file that ends in .ipynb or .py in {tmp_path} itself; put the submissions there\n",
    )


def test_a_name_plays_nothing_on_a_terminal(tmp_path: Path) -> None:
    """Escape sequences, line breaks and what turns the writing round are shown, not sent."""
    (tmp_path / "red\x1b[31m\r\n\u202eevil.py").write_text(RIGHT)
    out = io.StringIO()
    grade_folder(LESSONS[5], submissions_in(tmp_path, LESSONS[5]), out)

    assert out.getvalue().splitlines()[1].startswith(r"red\x1b[31m\r\n\u202eevil.py,error,1/2,")


def test_too_few_descriptors_are_one_sentence(tmp_path: Path) -> None:
    """No warm parent, no table, no traceback."""
    (tmp_path / "ana.py").write_text(RIGHT)
    code = (
        "import os, resource, sys\n"
        "from course_lib.cli import main\n"
        "import course_lib.grade\n"
        "limit = len(os.listdir('/dev/fd'))\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    command = [sys.executable, "-c", code, "grade", "06_data_structures", str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("the course could not go on: ") and done.stderr.count("\n") == 1


def test_a_file_in_place_of_the_folder_is_wrong_usage(tmp_path: Path) -> None:
    """One sentence, exit status 2."""
    (tmp_path / "x.py").write_text(RIGHT)

    assert main(["grade", "06_data_structures", str(tmp_path / "x.py")]) == 2


def test_where_strangers_code_cannot_be_held_nothing_is_run_unless_that_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As where a report is made."""
    (tmp_path / "x.py").write_text("import nothing_at_all")
    monkeypatch.setattr(level, "lacking", lambda: "files open (no Landlock here)")
    assert main(["grade", "00_start_here", str(tmp_path)]) == 2
    assert "can't be held" in capsys.readouterr().err
    assert main(["grade", "00_start_here", str(tmp_path), "--trust-submissions"]) == 1
    assert "ModuleNotFoundError" in capsys.readouterr().out
