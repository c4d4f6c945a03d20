"""Gradescope's autograder, unpacked and run as Gradescope does it; but what setup.sh installs is this environment."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from course_lib.cli import main
from course_lib.exercise_files import answer_cells, read_notebook, solution_path, source_of
from course_lib.syllabus import LESSONS

RIGHT = (
    "def common_ids(left, right):\n    known = set(right)\n    return [x for x in dict.fromkeys(left) if x in known]\n"
)
TALKS = "import sys\nprint('{\"score\": 99}')\nsys.stderr.write('out of the box')\n"
SILENT = "import threading\nthreading.Event().wait()\n"
NAME = "06_data_structures"


@pytest.fixture(scope="module")
def autograder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder laid out like Gradescope's own."""
    root = tmp_path_factory.mktemp("gradescope")
    assert main(["export", "gradescope", "--out", str(root / "upload.zip")]) == 0
    with zipfile.ZipFile(root / "upload.zip") as archive:
        archive.extractall(root / "source")
        for told in archive.infolist():
            (root / "source" / told.filename).chmod(told.external_attr >> 16 & 0o777)
    (root / "run_autograder").write_bytes((root / "source" / "run_autograder").read_bytes())
    (root / "run_autograder").chmod(0o755)
    (root / "source" / "course" / ".venv").symlink_to(sys.prefix)
    return root


def run(root: Path, **settings: str) -> tuple[subprocess.CompletedProcess[str], dict[str, Any] | None]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment = {**kept, "COURSE_SECONDS": "300", **settings}
    done = subprocess.run([root / "run_autograder"], cwd="/", env=environment, capture_output=True, text=True)
    results = root / "results" / "results.json"
    return done, json.loads(results.read_text()) if results.exists() else None


def submit(root: Path, **files: str) -> None:
    place = root / "submission"
    place.mkdir(exist_ok=True)
    for path in place.iterdir():
        path.unlink()
    for name, source in files.items():
        (place / f"{name.replace('__', '.')}").write_text(source)


def test_a_submission_is_judged_and_what_it_prints_is_nowhere(autograder: Path) -> None:
    submit(autograder, my_answer__py=TALKS + RIGHT)
    done, told = run(autograder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert told is not None and "score" not in told
    assert [(test["name"], test["score"], test["max_score"]) for test in told["tests"]] == [
        (f"{NAME}/UserDirectory", 0, 1),
        (f"{NAME}/common_ids", 1, 1),
    ]
    assert "out of the box" not in json.dumps(told) and "99" not in json.dumps(told)


def test_where_the_time_is_over_there_are_no_results(autograder: Path) -> None:
    """Not even those of an earlier run; and the instructor is told."""
    submit(autograder, **{f"{NAME}__py": SILENT})
    (autograder / "results" / "results.json").write_text("{}")
    done, told = run(autograder, COURSE_SECONDS="2")
    assert done.returncode == 1 and told is None and "the time was over" in done.stdout
    assert [path.name for path in (autograder / "results").iterdir()] == []


def test_something_else_is_told_what_was_looked_for(autograder: Path) -> None:
    submit(autograder, notes__txt="hello", thing__py="x = 1\n")
    done, told = run(autograder)
    assert done.returncode == 0 and told is not None
    assert told["score"] == 0 and "Looked for" in told["output"] and "thing.py" in told["output"]


def test_what_could_not_be_measured_is_no_result(autograder: Path, tmp_path: Path) -> None:
    """Here no process of the judge can be started."""
    submit(autograder, my_answer__py=RIGHT)
    worker = autograder / "source" / "course" / "course_lib" / "classroom" / "worker.py"
    kept = worker.read_bytes()
    worker.write_text("raise SystemExit\n")
    try:
        done, told = run(autograder)
    finally:
        worker.write_bytes(kept)
    assert done.returncode == 1 and told is None and "could not be measured" in done.stdout


def test_the_zip_holds_no_answer_and_is_the_same_again(autograder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    assert main(["export", "gradescope", "--out", str(again)]) == 0
    assert again.read_bytes() == (autograder / "upload.zip").read_bytes()
    with zipfile.ZipFile(again) as archive:
        names = archive.namelist()
        texts = [archive.read(name).decode("utf-8", "replace") for name in names]
    assert names[:2] == ["setup.sh", "run_autograder"] and not any("solutions" in name for name in names)
    for lesson in LESSONS:
        answers = [source_of(cell) for cell in answer_cells(read_notebook(solution_path(lesson))).values()]
        assert not any(answer in text for answer in answers for text in texts)


def test_its_scripts_are_executable_and_bash_can_read_them(autograder: Path) -> None:
    for name in ("setup.sh", "run_autograder"):
        path = autograder / "source" / name
        assert path.stat().st_mode & stat.S_IXUSR
        assert subprocess.run(["bash", "-n", path], check=False).returncode == 0


@pytest.mark.parametrize(("name", "told"), [("there.zip", "is there already"), ("upload", "does not end in .zip")])
def test_a_place_that_will_not_do_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, told: str
) -> None:
    (tmp_path / "there.zip").touch()
    assert main(["export", "gradescope", "--out", str(tmp_path / name)]) == 2
    assert told in capsys.readouterr().err
