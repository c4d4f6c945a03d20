"""results.jsonl loses nothing and tears nothing, whenever it is stopped, and knows what must be judged again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course_lib.classroom import results as module
from course_lib.classroom.finding import HandIn, find
from course_lib.classroom.grading import merged
from course_lib.classroom.results import Results
from course_lib.reading import TaskVerdict, Verdict, not_judged
from course_lib.reports.folder import NotAReport
from course_lib.syllabus import LESSONS

LESSON = LESSONS[5]


def hand_in(folder: Path, text: str = "x = 1\n") -> HandIn:
    (folder / "class" / "ana").mkdir(parents=True, exist_ok=True)
    (folder / "class" / "ana" / f"{LESSON.stem}.py").write_text(text)
    [one] = find(folder / "class").counted.values()
    return one


def passed() -> Verdict:
    return not_judged(LESSON.stem, LESSON.tasks, "pass", "well")


def test_what_was_kept_is_known_to_the_next_run(tmp_path: Path) -> None:
    one = hand_in(tmp_path)
    with Results(tmp_path / "report") as results:
        assert results.known(one) is None
        results.append(one, passed(), {LESSON.tasks[0]: ("abc", 50)})
    with Results(tmp_path / "report") as results:
        known = results.known(one)
        assert known is not None and known.structures == {LESSON.tasks[0]: ("abc", 50)}
        assert results.verdict(one) == passed()


def test_a_line_holds_what_check_prints(tmp_path: Path) -> None:
    with Results(tmp_path / "report") as results:
        results.append(hand_in(tmp_path), passed(), {})
    told = json.loads((tmp_path / "report" / "results.jsonl").read_text())
    assert (told["student"], told["exercise"]) == ("ana", LESSON.stem)
    assert told["verdict"] == passed().to_plain()


def test_a_file_that_changed_and_another_judge_are_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = hand_in(tmp_path)
    with Results(tmp_path / "report") as results:
        results.append(one, passed(), {})
        assert results.known(hand_in(tmp_path, "x = 2\n")) is None
        monkeypatch.setattr(module, "judge_version", lambda: "another")
        assert results.known(one) is None


@pytest.mark.parametrize("kept", [1, 40, -1])
def test_a_torn_last_line_is_cut_off_and_the_next_is_whole(tmp_path: Path, kept: int) -> None:
    one, lines = hand_in(tmp_path), tmp_path / "report" / "results.jsonl"
    with Results(lines.parent) as results:
        results.append(one, passed(), {})
    whole = lines.read_bytes()
    lines.write_bytes(whole + whole[:kept])
    with Results(lines.parent) as results:
        assert results.known(one) is not None
        results.append(one, passed(), {})
    assert lines.read_bytes() == whole + whole


def test_a_damaged_line_is_passed_over(tmp_path: Path) -> None:
    one, lines = hand_in(tmp_path), tmp_path / "report" / "results.jsonl"
    with Results(lines.parent) as results:
        results.append(one, passed(), {})
    lines.write_bytes(lines.read_bytes() + b"{}\n[]\n\xff\n" + b"[" * 3000 + b'\n{"student": 1e999}\n')
    with Results(lines.parent) as results:
        assert results.verdict(one) == passed()
        results.tidy()
        assert results.verdict(one) == passed()
    assert lines.read_bytes().count(b"\n") == 1


def test_one_line_a_hand_in_is_left_the_last(tmp_path: Path) -> None:
    one = hand_in(tmp_path)
    with Results(tmp_path / "report") as results:
        results.append(one, not_judged(LESSON.stem, LESSON.tasks, "unmeasured", "no memory"), {})
        results.append(one, passed(), {})
        results.tidy()
        assert results.verdict(one) == passed()
        results.append(one, passed(), {})
        assert results.verdict(one) == passed()
    assert (tmp_path / "report" / "results.jsonl").read_bytes().count(b"\n") == 2


def test_a_folder_that_holds_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for name, text in (("notes.txt", ""), ("results.jsonl", '{"other": 1}\n'), ("results.jsonl", "no json\n")):
        folder = tmp_path / f"{name}-{len(text)}"
        folder.mkdir()
        (folder / name).write_text(text)
        with pytest.raises(NotAReport, match="something else"):
            Results(folder)
        assert [(path.name, path.read_text()) for path in folder.iterdir()] == [(name, text)]
    with pytest.raises(NotAReport, match="not a folder"):
        Results(tmp_path / "file")


def test_two_runs_do_not_write_to_one_report(tmp_path: Path) -> None:
    with Results(tmp_path / "report"), pytest.raises(NotAReport, match="another run"):
        Results(tmp_path / "report")
    Results(tmp_path / "report").__exit__()


def test_tasks_that_are_judged_again_take_the_place_of_what_was_said(tmp_path: Path) -> None:
    first, second = LESSON.tasks
    told = TaskVerdict(first, "pass", "a"), TaskVerdict(second, "unmeasured", "b")
    before = Verdict(LESSON.stem, "unmeasured", 1.0, told)
    again = Verdict(LESSON.stem, "fail", 0.5, (TaskVerdict(second, "fail", "c"),))
    told = merged(before, again)
    assert [(one.task, one.status) for one in told.tasks] == [(first, "pass"), (second, "fail")]
    assert (told.status, told.seconds) == ("fail", 1.5)
