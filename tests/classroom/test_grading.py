"""A class from the command line: marks, exit statuses, stops in the middle, and what is left of them: nothing."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest

from course_lib.classroom import grading, pool
from course_lib.classroom.finding import find
from course_lib.classroom.grading import Wanted, grade_class
from course_lib.classroom.pool import Job, Pool
from course_lib.cli import main
from course_lib.reading import Verdict, not_judged
from course_lib.syllabus import CAPSTONE, LESSONS

ROOT = Path(__file__).resolve().parents[2]
NAME = "06_data_structures"
RIGHT = (
    "def common_ids(left, right):\n    known = set(right)\n    return [x for x in dict.fromkeys(left) if x in known]\n"
)
FORGED = (
    "import os\nfor one in range(3, 99):\n    try:\n        os.write(one, b'x\\n')\n    except OSError:\n        pass\n"
)
SILENT = "import threading\nthreading.Event().wait()\n"


def put(folder: Path, **sources: str) -> Path:
    """A class with a folder a student."""
    for student, source in sources.items():
        (folder / student).mkdir(parents=True, exist_ok=True)
        (folder / student / f"{NAME}.py").write_text(source)
    return folder


def marks(report: Path) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO((report / "grades.csv").read_bytes().decode(), newline=""))
    return {row["student"]: row for row in rows}


def lines(report: Path) -> list[dict[str, object]]:
    path = report / "results.jsonl"
    return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]] if path.exists() else []


@pytest.mark.slow
def test_a_class_with_everything_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Right, wrong, broken, hanging, forging and nothing: each gets its own mark, and nobody another's."""
    folder = put(
        tmp_path / "class",
        ana=RIGHT,
        ben="def common_ids(left, right):\n    return left\n",
        cleo="def (",
        dan="import os; os._exit(0)",
        eve=SILENT,
        fay=FORGED,
        **{"=gus\n\x1b[31m": RIGHT},
    )
    (folder / "hal").mkdir()
    report = tmp_path / "report"

    assert main(["grade", str(folder), "--out", str(report)]) == 0
    told = capsys.readouterr().out
    first, task = f"{NAME}/UserDirectory", f"{NAME}/common_ids"
    rows = marks(report)
    assert list(rows["ana"]) == ["student", first, task, "points", "possible", "unmeasured"]
    assert {who: row[task] for who, row in rows.items()} == {
        "'=gus\n\\x1b[31m": "1",
        "ana": "1",
        "ben": "0",
        "cleo": "0",
        "dan": "0",
        "eve": "0",
        "fay": "0",
        "hal": "",
    }
    assert [rows["ana"][name] for name in ("points", "possible", "unmeasured")] == ["1", "2", "0"]
    assert [rows["hal"][name] for name in (first, "points", "possible")] == ["", "0", "2"]
    assert told.index("Did not come back") < told.index("Tampered") < told.index("passed")
    assert told.count("eve, ") == 2 and told.count("fay, ") == 2 and "nothing that counts: hal" in told
    assert "\x1b" not in told
    pages = [path.read_text() for path in (report / "students").iterdir()]
    assert len(pages) == 8 and all("\x1b" not in page for page in [*pages, (report / "index.html").read_text()])


def test_nothing_is_judged_twice_and_the_bytes_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """But a file that has changed."""
    folder, report = put(tmp_path / "class", ben="def ("), tmp_path / "class" / "report"
    assert main(["grade", str(folder), "--out", str(report)]) == 0
    assert "1 student, 1 hand-in: 1 judged now." in capsys.readouterr().out
    assert "1 student, 1 hand-in, 2 tasks." in (report / "index.html").read_text("utf-8")
    put(folder, ana=RIGHT)
    assert main(["grade", str(folder), "--out", str(report)]) == 0
    before, told = (report / "grades.csv").read_bytes(), lines(report)

    assert main(["grade", str(folder), "--out", str(report), "--jobs", "1"]) == 0
    assert (report / "grades.csv").read_bytes() == before and lines(report) == told
    put(folder, ben=RIGHT)
    capsys.readouterr()
    assert main(["grade", str(folder), "--out", str(report)]) == 0
    assert "1 judged now, 1 known from before" in capsys.readouterr().out
    assert marks(report)["ben"][f"{NAME}/common_ids"] == "1" and len(lines(report)) == 2


def test_what_could_not_be_measured_is_no_zero_and_is_tried_again_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, report = put(tmp_path / "class", ana=RIGHT), tmp_path / "report"
    assert main(["grade", str(folder), "--out", str(report)]) == 0
    [told] = lines(report)
    told["verdict"]["tasks"][1].update(status="unmeasured", reason="no memory")  # type: ignore[index]
    told["verdict"]["tasks"][0].update(reason="kept as it was")  # type: ignore[index]
    (report / "results.jsonl").write_text(json.dumps(told) + "\n")
    capsys.readouterr()

    assert main(["grade", str(folder), "--out", str(report)]) == 0
    [again] = lines(report)
    verdict = Verdict.from_plain(again["verdict"])  # type: ignore[arg-type]
    assert [one.status for one in verdict.tasks] == ["error", "pass"]
    assert verdict.tasks[0].reason == "kept as it was"


def test_unmeasured_is_an_empty_cell_and_exit_status_3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here every worker ends at once: both that are tried for a hand-in."""
    monkeypatch.setattr(pool, "_started", lambda: subprocess.Popen([sys.executable, "-c", ""], **PIPES))
    folder, report = put(tmp_path / "class", ana=RIGHT), tmp_path / "report"
    assert main(["grade", str(folder), "--out", str(report)]) == 3
    row = marks(report)["ana"]
    assert list(row.values()) == ["ana", "", "", "0", "0", "2"]


GRADES_OF_FOUR = (
    b"student,06_data_structures/UserDirectory,06_data_structures/common_ids,points,possible,unmeasured\r\n"
    b"ana,0,1,1,2,0\r\nben,0,1,1,2,0\r\neve,0,0,0,2,0\r\nzoe,0,0,0,2,0\r\n"
)


class FirstBusy:
    """In place of the workers: the first time the machine is too busy for everybody."""

    asked: ClassVar[list[tuple[int, list[str]]]] = []

    def __init__(self, jobs: list[Job], slots: int) -> None:
        self._jobs, self._status = jobs, "unmeasured" if not self.asked else "pass"
        self.asked.append((slots, [job.hand_in.student for job in jobs]))

    def results(self) -> Iterator[tuple[Job, dict[str, object]]]:
        for job in self._jobs:
            told = not_judged(NAME, job.tasks, self._status, "busy")  # type: ignore[arg-type]
            yield job, {"verdict": told.to_plain(), "structures": {}}


@pytest.mark.parametrize(("students", "judged"), [(2, 2), (grading.FEW + 1, 0)])
def test_what_a_busy_machine_spoilt_is_tried_once_more_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, students: int, judged: int
) -> None:
    """But not all of a class: then it was not the others' doing."""
    monkeypatch.setattr(grading, "Pool", FirstBusy)
    monkeypatch.setattr(FirstBusy, "asked", [])
    folder = put(tmp_path / "class", **{f"s{number}": RIGHT for number in range(students)})
    graded = grade_class(Wanted(folder, tmp_path / "report", jobs=4))
    assert graded.whole is bool(judged)
    assert [(slots, len(names)) for slots, names in FirstBusy.asked] == [(4, students), (1, judged)][: 1 + bool(judged)]


PIPES: dict[str, int] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}


def test_a_worker_that_dies_costs_no_hand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first is killed as soon as it has begun."""
    start, begun = pool._started, []

    def started() -> subprocess.Popen[bytes]:
        begun.append(start())
        if len(begun) == 1:
            begun[0].kill()
        return begun[-1]

    monkeypatch.setattr(pool, "_started", started)
    graded = grade_class(Wanted(put(tmp_path / "class", ana=RIGHT, ben=RIGHT), tmp_path / "report", jobs=1))
    assert graded.whole and len(begun) >= 2
    assert [row[f"{NAME}/common_ids"] for row in marks(tmp_path / "report").values()] == ["1", "1"]


@pytest.mark.slow
def test_one_that_is_silent_does_not_hold_up_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one slot, those behind it are done before it is."""
    monkeypatch.setattr(pool, "LONG", 0.5)
    put(tmp_path, ana=SILENT, ben="def (", cleo="def (")
    jobs = [Job(one, one.lesson.tasks) for one in find(tmp_path).counted.values()]
    done = [job.hand_in.student for job, _ in Pool(jobs, 1).results()]
    assert done == ["ben", "cleo", "ana"]


def test_a_worker_whose_asker_is_gone_ends_at_once_and_cleans_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the way out that a signal takes: it does not finish what nobody waits for."""
    (tmp_path / "scratch").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    path = put(tmp_path / "class", eve=SILENT) / "eve" / f"{NAME}.py"
    with pool._started() as process:
        assert process.stdin is not None
        request = {"exercise": NAME, "path": str(path), "tasks": LESSONS[5].tasks}
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        while not list((tmp_path / "scratch").glob("course-*.run/course-*.run")):
            signal.sigtimedwait([], 0.02)
        process.stdin.close()
        assert process.wait(60) == 128 + signal.SIGTERM
    wait_until_gone(str(tmp_path / "scratch"))


def test_a_service_is_judged_as_a_folder_and_reaches_its_courier(tmp_path: Path) -> None:
    """From within the box too; and one that can't be loaded has no point in any of its tasks, in one sentence."""
    broken = tmp_path / "class" / "bo" / CAPSTONE.stem / "service.py"
    broken.parent.mkdir(parents=True)
    broken.write_text("from nowhere import create_service\n")
    whole = find(tmp_path / "class").counted["bo", CAPSTONE.stem]
    jobs = [Job(whole, CAPSTONE.tasks), Job(replace(whole, path=ROOT / "solutions" / CAPSTONE.stem), ("service",))]
    told = [[one["status"] for one in answer["verdict"]["tasks"]] for _, answer in Pool(jobs, 1).results()]
    assert told == [["error"] * 9, ["pass"]]


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGKILL, -9), (signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_stopped_in_the_middle_it_goes_on(tmp_path: Path, number: int, code: int) -> None:
    """No process is left and no scratch folder; no judgement is made twice, and the marks are the same."""
    folder = put(tmp_path / "class", ana=RIGHT, ben=RIGHT, eve=SILENT, zoe=SILENT)
    report, scratch = tmp_path / "report", tmp_path / "scratch"
    scratch.mkdir()
    environment = {**os.environ, "TMPDIR": str(scratch)}
    process = subprocess.Popen(command(folder, report), cwd=ROOT, env=environment, stdout=-3, stderr=-3)
    while len(lines(report)) < 2 and process.poll() is None:
        signal.sigtimedwait([], 0.05)  # those who are silent still wait when the others are done
    before = lines(report)
    assert len(before) == 2
    process.send_signal(number)
    assert process.wait(30) == code
    wait_until_gone(str(scratch))

    assert main(["grade", str(folder), "--out", str(report)]) == 0
    assert lines(report)[:2] == before and len(lines(report)) == 4
    assert (report / "grades.csv").read_bytes() == GRADES_OF_FOUR


def command(folder: Path, report: Path, *more: str) -> Sequence[str]:
    return [sys.executable, "-m", "course_lib", "grade", str(folder), "--out", str(report), *more]


def wait_until_gone(scratch: str) -> None:
    """Returns when no process has that folder for temporary files, and nothing is left in it."""
    for _ in range(400):
        alive = [path for path in Path("/proc").glob("[0-9]*/environ") if scratch.encode() in readable(path)]
        if not alive and not list(Path(scratch).iterdir()):
            return
        signal.sigtimedwait([], 0.05)
    raise AssertionError(f"{alive} are left, and {list(Path(scratch).iterdir())}")


def readable(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere", "--out", "report"], "is not a folder"),
        (["empty", "--out", "report"], "looked for STUDENT/EXERCISE.py"),
        (["linked", "--out", "report"], "py: a link; it is not followed"),
        (["class", "--out", "report", "--exercise", "07_sql_injection"], "no submission for 07_sql_injection"),
        (["class", "--out", "report", "--exercise", "70_sql"], "there is no exercise '70_sql'"),
        (["class", "--out", "report", "--jobs", "0"], "--jobs must be 1 or more"),
        (["class", "--out", "report", "--jobs", "x"], "invalid int value"),
        (["class", "--out", "report", "--for", "blackboard"], "invalid choice"),
        (["class", "--out", "class"], "something else"),
        (["class", "--out", "class/ana/06_data_structures.py"], "not a folder"),
        (["class"], "--out REPORT"),
        ([NAME, "class", "--jobs", "2"], "go with --out REPORT"),
        (["a", "b", "c", "--out", "report"], "not 3 names"),
        (["class", "--out", "report", "--roster", "nowhere.csv"], "can't be read"),
    ],
)
def test_wrong_usage_is_one_sentence_and_leaves_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    told: str,
) -> None:
    put(tmp_path / "class", ana=RIGHT)
    (tmp_path / "empty").mkdir()
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / f"ana_{NAME}.py").symlink_to(tmp_path / "class" / "ana" / f"{NAME}.py")
    monkeypatch.chdir(tmp_path)
    assert main(["grade", *arguments]) == 2
    out, said = capsys.readouterr()
    assert out == "" and said.count("\n") == 1 and told in said
    assert not (tmp_path / "report").exists()


def test_a_full_disk_is_one_sentence_and_loses_nothing(tmp_path: Path) -> None:
    """A file that may not grow stands in for it."""
    folder, report = put(tmp_path / "class", ana="def (", ben="def (", cleo="def ("), tmp_path / "report"
    limit = "import resource, signal, sys\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    limit += "resource.setrlimit(resource.RLIMIT_FSIZE, (900, 900))\nfrom course_lib.cli import main\n"
    done = subprocess.run(
        [sys.executable, "-c", limit + "sys.exit(main(sys.argv[1:]))", "grade", str(folder), "--out", str(report)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "the course could not go on: File too large\n"
    assert main(["grade", str(folder), "--out", str(report)]) == 0
    assert len(lines(report)) == 3


def test_what_only_a_link_was_handed_in_for_is_an_empty_column(tmp_path: Path) -> None:
    folder, report = put(tmp_path / "class", ana="def ("), tmp_path / "report"
    (folder / "ana" / "07_sql_injection.py").symlink_to(folder / "ana" / f"{NAME}.py")
    assert main(["grade", str(folder), "--out", str(report)]) == 0
    assert list(marks(report)["ana"].values()) == ["ana", "0", "0", "", "", "0", "4", "0"]


def test_an_exercise_alone(tmp_path: Path) -> None:
    folder, report = put(tmp_path / "class", ana=RIGHT), tmp_path / "report"
    (folder / "ana" / "07_sql_injection.py").write_text("def (")
    assert main(["grade", str(folder), "--out", str(report), "--exercise", "07_sql_injection"]) == 0
    assert [line["exercise"] for line in lines(report)] == ["07_sql_injection"]
    assert list(marks(report)["ana"])[1:3] == [f"07_sql_injection/{task}" for task in LESSONS[6].tasks]


def test_what_was_handed_in_is_not_imported_by_the_judge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A student's json.py lies where the command is called: imported, it would run outside all confinement."""
    folder = put(tmp_path / "class", ana=RIGHT)
    (folder / "json.py").write_text("raise SystemExit(99)\n")
    monkeypatch.chdir(folder)
    assert main(["grade", ".", "--out", str(tmp_path / "report")]) == 0
    assert marks(tmp_path / "report")["ana"][f"{NAME}/common_ids"] == "1"
