"""Each writer by the rules of its format; and no system is told a zero where nothing could be measured."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path
from typing import Any, ClassVar

import pytest

from course_lib.classroom import grading
from course_lib.classroom.grading import Wanted, grade_class
from course_lib.classroom.pool import Job
from course_lib.classroom.roster import NotARoster, read_roster
from course_lib.classroom.systems.points import LONGEST
from course_lib.classroom.systems.writing import SYSTEMS, write_check
from course_lib.cli import main
from course_lib.cli.options import SYSTEMS as OFFERED
from course_lib.reading import TaskVerdict, Verdict, overall

NAME = "06_data_structures"
TASKS = ("UserDirectory", "common_ids")
RIGHT = (
    "def common_ids(left, right):\n    known = set(right)\n    return [x for x in dict.fromkeys(left) if x in known]\n"
)


def verdict(first: Any, second: Any, reason: str = "said") -> Verdict:
    tasks = tuple(TaskVerdict(task, status, reason) for task, status in zip(TASKS, (first, second), strict=True))
    return Verdict(NAME, overall([first, second]), 0.1, tasks)


def written(system: str, told: Verdict, folder: Path) -> dict[str, Any] | None:
    out = folder / "results.json"
    if not write_check(system, told, out):
        assert not out.exists()
        return None
    loaded: dict[str, Any] = json.loads(out.read_bytes())
    return loaded


def test_the_command_offers_every_system_that_there_is_a_writer_for() -> None:
    assert OFFERED == SYSTEMS


@pytest.mark.parametrize("status", ["pass", "fail", "error"])
def test_gradescope(tmp_path: Path, status: str) -> None:
    """Scores stand at the tests alone; all output is text."""
    told = written("gradescope", verdict("pass", status, "<b>\x1b[31m" + "x" * 5000), tmp_path)
    assert told is not None and "score" not in told
    assert [test["score"] for test in told["tests"]] == [1, int(status == "pass")]
    assert [test["status"] for test in told["tests"]] == ["passed", "passed" if status == "pass" else "failed"]
    for test in told["tests"]:
        assert test["max_score"] == 1 and test["output_format"] == "text" and test["visibility"] == "visible"
        assert len(test["output"]) <= LONGEST and test["output"].isprintable()


@pytest.mark.parametrize("status", ["pass", "fail", "error"])
def test_classroom50(tmp_path: Path, status: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole numbers, never more than the most; where the submission lies comes from the runner."""
    for name in ("CLASSROOM", "ASSIGNMENT", "COMMIT_URL", "RELEASE_URL", "REVIEW_URL"):
        monkeypatch.setenv(name, f"the {name}")
    monkeypatch.setenv("SUBMISSION_TAG", "submit/7")
    told = written("classroom50", verdict("pass", status), tmp_path)
    assert told is not None and told["schema"] == "classroom50/result/v1" and told["assignment_type"] == "individual"
    assert [told[name] for name in ("classroom", "assignment", "commit", "release", "review")] == [
        f"the {name}" for name in ("CLASSROOM", "ASSIGNMENT", "COMMIT_URL", "RELEASE_URL", "REVIEW_URL")
    ]
    assert told["submission"] == "submit/7" and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", told["datetime"])
    for one in (told, *told["tests"]):
        assert type(one["score"]) is type(one["max-score"]) is int and 0 <= one["score"] <= one["max-score"]
    assert [one["passed"] for one in told["tests"]] == [True, status == "pass"]
    assert (told["score"], told["max-score"]) == (1 + (status == "pass"), 2)


def test_classroom50_without_its_runner_has_every_field(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL", "REVIEW_URL"):
        monkeypatch.delenv(name, raising=False)
    told = written("classroom50", verdict("pass", "pass"), tmp_path)
    names = ("classroom", "assignment", "owner", "submission", "commit", "release", "review")
    assert told is not None and all(isinstance(told[name], str) and told[name] for name in names)
    assert told["submission"].startswith("submit/")


@pytest.mark.parametrize("status", ["pass", "fail", "error"])
def test_prairielearn(tmp_path: Path, status: str) -> None:
    told = written("prairielearn", verdict("pass", status), tmp_path)
    assert told is not None and told["gradable"] is True
    assert told["score"] == (1.0 if status == "pass" else 0.5)
    assert [(one["points"], one["max_points"]) for one in told["tests"]] == [(1, 1), (int(status == "pass"), 1)]


@pytest.mark.parametrize("others", ["pass", "fail", "error"])
def test_unmeasured_is_no_file_or_not_gradable(tmp_path: Path, others: str) -> None:
    told = verdict(others, "unmeasured", "no memory")
    assert written("gradescope", told, tmp_path) is None
    assert written("classroom50", told, tmp_path) is None
    answer = written("prairielearn", told, tmp_path)
    assert answer is not None and answer["gradable"] is False and "score" not in answer
    assert "no memory" in answer["message"]


@pytest.mark.parametrize(
    ("system", "source", "code"),
    [
        ("gradescope", RIGHT, 1),
        ("classroom50", RIGHT, 0),
        ("classroom50", "def (", 0),
        ("prairielearn", "def (", 1),
    ],
)
def test_check_writes_beside_what_it_prints(tmp_path: Path, system: str, source: str, code: int) -> None:
    """Classroom 50 is told by the exit status that there is a file; the others by the file itself."""
    (tmp_path / "answer.py").write_text(source)
    out = tmp_path / "results" / "results.json"
    assert main(["check", NAME, str(tmp_path / "answer.py"), "--for", system, "--out", str(out)]) == code
    assert json.loads(out.read_text())["tests"][1]["name" if system != "classroom50" else "test-name"]


@pytest.mark.parametrize("system", ["gradescope", "classroom50", "prairielearn"])
def test_a_notebook_that_can_not_be_read_is_told_the_learner(tmp_path: Path, system: str) -> None:
    """Elsewhere nobody sees the command's own sentence."""
    (tmp_path / "answer.ipynb").write_text("{")
    out = tmp_path / "results.json"
    main(["check", NAME, str(tmp_path / "answer.ipynb"), "--for", system, "--out", str(out)])
    assert "not a readable notebook" in out.read_text()


@pytest.mark.parametrize(
    "arguments", [[NAME, "nowhere.py"], ["70_sql", "answer.py"], [NAME, "answer.py", "--task", "x"]]
)
def test_a_file_from_before_is_gone_whatever_comes(tmp_path: Path, arguments: list[str], monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    Path("answer.py").write_text(RIGHT)
    Path("out.json").write_text("old")
    assert main(["check", *arguments, "--for", "gradescope", "--out", "out.json"]) == 2
    assert not Path("out.json").exists()


@pytest.mark.parametrize("arguments", [["--for", "gradescope"], ["--out", "x.json"], ["--for", "canvas", "--out", "x"]])
def test_half_of_it_is_wrong_usage(tmp_path: Path, arguments: list[str], monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    Path("answer.py").write_text(RIGHT)
    assert main(["check", NAME, "answer.py", *arguments]) == 2


# A class


class Told:
    """In place of the workers: what each student's hand-in is judged to be."""

    verdicts: ClassVar[dict[str, Verdict]] = {}

    def __init__(self, jobs: list[Job], _slots: int) -> None:
        self._jobs = jobs

    def results(self) -> Any:
        for job in self._jobs:
            yield job, {"verdict": self.verdicts[job.hand_in.student].to_plain(), "structures": {}}


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A class of four, with a roster that has one more and one less, written for every system."""
    Told.verdicts = {
        "ana": verdict("pass", "fail"),
        "=ben": verdict("pass", "unmeasured"),
        "eve": verdict("error", "error", "=cmd|' /C calc'!A0"),
        "zoe": verdict("pass", "pass"),
    }
    monkeypatch.setattr(grading, "Pool", Told)
    for student in Told.verdicts:
        (tmp_path / "class" / student).mkdir(parents=True)
        (tmp_path / "class" / student / f"{NAME}.py").write_text(RIGHT)
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "\ufeffstudent,ID,SIS User ID,SIS Login ID,Section,Email address,ID number\r\n"
        'ana,1,s1,l1,"A, B",Ana@X.org,7\r\n=ben,2,s2,l2,A,ben@x.org,8\r\n'
        "eve,3,s3,l3,A,=1,9\r\nfay,4,s4,l4,A,f@x.org,10\r\n",
        "utf-8",
    )
    told = grade_class(Wanted(tmp_path / "class", tmp_path / "report", roster=roster, systems=SYSTEMS))
    assert not told.whole and "Not on the roster: zoe" in told.told and "nothing that counts: fay" in told.told
    assert "No file for gradescope, since something is unmeasured: =ben" in told.told
    return tmp_path / "report"


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode(), newline="")))


def test_canvas_by_its_five_columns_and_the_line_of_what_is_possible(report: Path) -> None:
    """An empty cell leaves the mark as it is; who is on no roster has no row."""
    assert rows(report / "canvas.csv") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", NAME],
        ["    Points Possible", "", "", "", "", "2"],
        ["'=ben", "2", "s2", "l2", "A", ""],
        ["ana", "1", "s1", "l1", "A, B", "1"],
        ["eve", "3", "s3", "l3", "A", "0"],
        ["fay", "4", "s4", "l4", "A", ""],
    ]


def test_nbgrader_has_the_table_of_its_own_export(report: Path) -> None:
    """Without a score where something is unmeasured, or nothing was handed in."""
    head, *told = rows(report / "nbgrader.csv")
    assert head[:4] == ["assignment", "duedate", "timestamp", "student_id"]
    assert head[-4:] == ["raw_score", "late_submission_penalty", "score", "max_score"]
    assert [[row[0], row[3], *row[-4:]] for row in told] == [
        [NAME, "'=ben", "", "", "", "2"],
        [NAME, "ana", "1", "0", "1", "2"],
        [NAME, "eve", "0", "0", "0", "2"],
        [NAME, "fay", "", "", "", "2"],
    ]


def test_moodle_has_a_grade_beside_each_feedback(report: Path) -> None:
    """And the address as it is written: Moodle tells its letters apart."""
    head, *told = rows(report / "moodle.csv")
    assert head == ["Full name", "Email address", "ID number", NAME, f"{NAME} feedback"]
    assert [row[:4] for row in told] == [
        ["'=ben", "ben@x.org", "8", ""],
        ["ana", "Ana@X.org", "7", "1"],
        ["eve", "'=1", "9", "0"],
        ["fay", "f@x.org", "10", ""],
    ]
    assert told[0][4] == "UserDirectory: pass, said; common_ids: unmeasured, said" and told[3][4] == ""


@pytest.mark.parametrize("system", ["gradescope", "classroom50", "prairielearn"])
def test_one_file_a_student(report: Path, system: str) -> None:
    """None for who handed in nothing; for what is unmeasured none, or one that says so."""
    names = sorted(path.name for path in (report / system).iterdir())
    assert len(names) == (4 if system == "prairielearn" else 3) and "fay.json" not in names
    told = json.loads((report / system / "ana.json").read_text())
    assert {"gradescope": "tests", "classroom50": "owner", "prairielearn": "score"}[system] in told
    if system == "classroom50":
        assert told["owner"] == "ana"


def test_for_another_system_nothing_is_judged_again(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """But what could not be measured; and the same class has the same bytes."""
    again: list[str] = []

    class Counted(Told):
        def __init__(self, jobs: list[Job], slots: int) -> None:
            again.extend(job.hand_in.student for job in jobs)
            super().__init__([], slots)

    before = {path: path.read_bytes() for path in (report / "classroom50").iterdir()}
    monkeypatch.setattr(grading, "Pool", Counted)
    grade_class(Wanted(report.parent / "class", report, systems=["classroom50", "moodle"]))
    assert set(again) == {"=ben"}
    assert {path: path.read_bytes() for path in (report / "classroom50").iterdir()} == before


def test_a_verdict_that_is_unmeasured_no_more_has_its_file(report: Path) -> None:
    Told.verdicts["=ben"] = verdict("pass", "pass")
    graded = grade_class(Wanted(report.parent / "class", report, systems=["gradescope"]))
    assert graded.whole and len(list((report / "gradescope").iterdir())) == 4


def test_a_roster_of_no_use_to_the_system_is_refused(tmp_path: Path) -> None:
    (tmp_path / "class" / "ana").mkdir(parents=True)
    (tmp_path / "class" / "ana" / f"{NAME}.py").write_text("def (")
    roster = tmp_path / "roster.csv"
    roster.write_text("student,Section\nana,A\n")
    with pytest.raises(grading.WrongUsage, match="Moodle finds a student by one of Email address, ID number"):
        grade_class(Wanted(tmp_path / "class", tmp_path / "report", roster=roster, systems=["moodle"]))
    assert not (tmp_path / "report").exists()


@pytest.mark.parametrize(
    ("system", "named"), [("canvas", "SIS Login ID"), ("canvas", "ID"), ("moodle", "Email address")]
)
def test_a_roster_that_says_the_same_of_two_is_refused(tmp_path: Path, system: str, named: str) -> None:
    """Both rows would be imported as one student's, the last one last."""
    (tmp_path / "class" / "ana").mkdir(parents=True)
    (tmp_path / "class" / "ana" / f"{NAME}.py").write_text("def (")
    roster = tmp_path / "roster.csv"
    roster.write_text(f"student,{named}\nana,7\nben,8\ncleo, 7\ndan,\neve,\n")
    with pytest.raises(grading.WrongUsage, match=f"gives ana and cleo one {named}, 7: one would get both marks"):
        grade_class(Wanted(tmp_path / "class", tmp_path / "report", roster=roster, systems=[system]))
    assert not (tmp_path / "report").exists()

    roster.write_text(f"student,{named}\nana,7\nben,8\ndan,\neve,\n")
    assert read_roster(roster).keys() == {"ana", "ben", "dan", "eve"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"student;ID\nana;1\n", "with commas between"),
        (b"", "no column `student`"),
        (b"name,ID\nana,1\n", "no column `student`"),
        (b"student\n", "no row"),
        (b"student,ID\nana,1\nana,2\n", "names ana twice"),
        ("student\nJos\u00e9\nJose\u0301\n".encode(), "twice"),
        (b"student,ID\n,1\n", "row 2 .* names no student"),
        (b"student\n\xff\n", "not UTF-8"),
        (b'student\n"ana\n', "no CSV"),
    ],
)
def test_a_roster_that_is_none_is_one_sentence(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "roster.csv").write_bytes(content)
    with pytest.raises(NotARoster, match=told):
        read_roster(tmp_path / "roster.csv")


def test_a_roster_that_is_a_pipe_or_has_no_end_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotARoster, match="no regular file"):
        read_roster(tmp_path / "pipe")
    (tmp_path / "large").touch()
    os.truncate(tmp_path / "large", 100 << 30)
    with pytest.raises(NotARoster, match="more than 64 MB"):
        read_roster(tmp_path / "large")


def test_a_roster_may_have_blanks_line_breaks_and_cells_too_many(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_bytes(b'student,ID\r\n"two\nlines",1,2,3\r\nana b\r\n')
    assert read_roster(tmp_path / "roster.csv") == {
        "two\nlines": {"student": "two\nlines", "ID": "1"},
        "ana b": {"student": "ana b", "ID": ""},
    }


@pytest.mark.parametrize(
    ("table", "students"),
    [
        ('Student,ID,Old (7)\n"    Points Possible",,10\n"Silva, Ana",12,3\n', ["Silva, Ana"]),
        ("Identifier,Full name,Email address\nParticipant 7,Ana Silva,a@x\n", ["Ana Silva"]),
        ("First name,Last name,Email address\nAna,Silva,a@x\nBo,,b@x\n", ["Ana Silva", "Bo"]),
        ("\ufeffFirst name,Surname,ID number\nAna,Silva,7\n", ["Ana Silva"]),
    ],
)
def test_what_canvas_and_moodle_export_is_a_roster_as_it_comes(tmp_path: Path, table: str, students: list[str]) -> None:
    (tmp_path / "roster.csv").write_text(table)
    assert list(read_roster(tmp_path / "roster.csv")) == students
