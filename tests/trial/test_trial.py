"""The command as the contract fixes it, driven with an assistant that is a process of its own.

The command is forked for each call, but where it is stopped.
"""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import psutil
import pytest

from course_lib import cli
from course_lib.reading import Check
from course_lib.trial import selftest
from course_lib.trial.answers import Sample, found_in
from course_lib.trial.counting import Counts
from course_lib.trial.judging import Judged
from course_lib.trial.page import LONGEST, Shown, page
from course_lib.trial.report import Report
from course_lib.trial.tasks import all_requests
from tests.forked_commands import ForkedCommands, Ran
from tests.trial.assistant import GOOD, SLOW

ROOT = Path(__file__).resolve().parents[2]
ASSISTANT = Path(__file__).with_name("assistant.py")
TALLY = ["samples", "usable", "works", "safe", "works_and_safe", "unmeasured"]
TASK = "common_ids"


@pytest.fixture(scope="module")
def commands() -> Iterator[ForkedCommands]:
    with ForkedCommands("", ENVIRONMENT) as forked:
        yield forked


class Trial(Protocol):
    def __call__(self, *arguments: object, folder: Path | None = None) -> Ran: ...


@pytest.fixture(scope="module")
def trial(commands: ForkedCommands) -> Trial:
    return lambda *arguments, folder=None: commands.run("trial", *map(str, arguments), folder=folder)


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "course_lib", "trial", *map(str, arguments)]


ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def assistant(manner: str, notes: Path | None = None) -> str:
    return shlex.join(map(str, [sys.executable, ASSISTANT, manner, *([notes] if notes else [])]))


def asked(
    trial: Trial, manner: str, out: Path, *more: object, samples: int = 1, prompts: str = "plain"
) -> tuple[int, dict[str, Any]]:
    settings = ["--out", out, "--task", TASK, "--prompts", prompts, "--samples", samples, "--json"]
    done = trial("--assistant", assistant(manner), *settings, *more)
    return done.status, json.loads(done.output)


def answers(folder: Path, **files: str) -> Path:
    """A folder of answers: `prompt__sample_suffix="text"`."""
    for name, text in files.items():
        prompt, _, sample = name.partition("__")
        place = folder / prompt / TASK
        place.mkdir(parents=True, exist_ok=True)
        (place / sample.replace("_", ".")).write_text(text)
    return folder


def counts(*numbers: int) -> dict[str, int]:
    return dict(zip(TALLY, numbers, strict=True))


# Answers in a folder


def test_json_is_one_object_of_the_contracts_shape(trial: Trial, tmp_path: Path) -> None:
    given = answers(
        tmp_path / "given", plain__1_py=SLOW, plain__2_md=f"```\n{GOOD}```", plain__3_txt="No.", named__1_py=GOOD
    )
    done = trial("--answers", given, "--out", tmp_path / "report", "--json")
    told = json.loads(done.output)

    assert done.status == 0
    assert list(told) == ["prompts", "comparisons"]
    assert told["prompts"]["plain"] == {**counts(3, 2, 2, 1, 1, 0), "tasks": {TASK: counts(3, 2, 2, 1, 1, 0)}}
    assert told["prompts"]["named"] == {**counts(1, 1, 1, 1, 1, 0), "tasks": {TASK: counts(1, 1, 1, 1, 1, 0)}}
    [one] = told["comparisons"]
    assert (one["a"], one["b"], one["difference"], one["p"]) == ("named", "plain", 66.67, 1.0)
    assert one["says"].startswith("no difference shown between named and plain")


def test_a_second_call_judges_only_what_is_new(trial: Trial, tmp_path: Path) -> None:
    given, report = answers(tmp_path / "given", plain__1_py=GOOD), tmp_path / "report"
    trial("--answers", given, "--out", report)
    before = (report / "judged.jsonl").read_bytes()
    trial("--answers", given, "--out", report)
    assert (report / "judged.jsonl").read_bytes() == before

    answers(given, plain__1_py=SLOW, plain__2_py=GOOD)
    done = trial("--answers", given, "--out", report, "--json")
    assert len((report / "judged.jsonl").read_text().splitlines()) == 2, "one changed; the other is the first's twin"
    assert json.loads(done.output)["prompts"]["plain"]["works_and_safe"] == 1


def test_a_torn_line_is_cut_off(trial: Trial, tmp_path: Path) -> None:
    given, report = answers(tmp_path / "given", plain__1_py=GOOD), tmp_path / "report"
    trial("--answers", given, "--out", report)
    whole = (report / "judged.jsonl").read_bytes()
    (report / "judged.jsonl").write_bytes(whole[: len(whole) // 2])
    done = trial("--answers", given, "--out", report, "--json")

    assert json.loads(done.output)["prompts"]["plain"]["works_and_safe"] == 1
    assert (report / "judged.jsonl").read_bytes() == whole


def test_the_page_shows_what_was_written_as_text(trial: Trial, tmp_path: Path) -> None:
    hostile = "</script><img src=x onerror=alert(1)>\x1b[31mred\x07 \u202e\udcff"
    given = tmp_path / "given" / "<b>ours" / TASK
    given.mkdir(parents=True)
    (given / "1.txt").write_bytes(hostile.encode("utf-8", "surrogatepass"))
    trial("--answers", tmp_path / "given", "--out", tmp_path / "report")
    text = (tmp_path / "report" / "index.html").read_text("utf-8")

    assert "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;" in text
    assert "&lt;b&gt;ours" in text
    assert "<img" not in text and "<script" not in text and "http" not in text
    assert all(one.isprintable() or one in "\n\t" for one in text)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--answers", "EMPTY", "--out", "report"], "there is no answer in"),
        (["--answers", "nowhere", "--out", "report"], "is not a folder"),
        (["--answers", "given", "--out", "OTHER"], "holds something else"),
        (["--answers", "given", "--out", "FILE"], "is not a folder"),
        (["--answers", "given"], "--out"),
        (["--out", "report"], "--answers FOLDER or --assistant"),
        (["--answers", "given", "--assistant", "cat", "--out", "report"], "--answers FOLDER or --assistant"),
        (["--assistant", "", "--out", "report"], "names no command"),
        (["--assistant", " ", "--out", "report"], "names no command"),
        (["--assistant", "cat", "--out", "report", "--prompts", "polite"], "there is no prompt 'polite'"),
        (["--assistant", "cat", "--out", "report", "--prompts", ""], "there is no prompt ''"),
        (["--assistant", "cat", "--out", "report", "--samples", "0"], "more than 0"),
        (["--assistant", "cat", "--out", "report", "--task", "guard"], "there is no task 'guard'"),
        (["--assistant", "cat", "--out", "report", "--samples", "many"], "many"),
    ],
)
def test_wrong_usage_is_one_sentence(trial: Trial, tmp_path: Path, arguments: list[str], says: str) -> None:
    answers(tmp_path / "given", plain__1_py=GOOD)
    (tmp_path / "EMPTY").mkdir()
    (tmp_path / "OTHER").mkdir()
    (tmp_path / "OTHER" / "thesis.txt").touch()
    (tmp_path / "FILE").touch()
    done = trial(*arguments, "--json", folder=tmp_path)

    assert (done.status, done.output) == (2, "")
    assert says in done.errors and len(done.errors.splitlines()) == 1
    assert not (tmp_path / "report").exists()


def test_what_is_left_out_is_no_task_of_the_course(tmp_path: Path) -> None:
    """A task of the course that was not asked for is merely not judged."""
    answers(tmp_path / "given", plain__1_py=GOOD)
    for name in ("Bank", "nonsense"):
        (tmp_path / "given" / "plain" / name).mkdir()
    samples, left_out = found_in(tmp_path / "given", [TASK], all_requests())
    assert ([one.task for one in samples], left_out) == ([TASK], ["plain/nonsense"])


# Tried on the course's own code


@pytest.mark.slow
def test_the_courses_own_code_is_judged_rightly(trial: Trial) -> None:
    done = trial("--selftest", "--task", TASK, "--task", "save_upload")
    assert done.status == 0, done.output
    lines = done.output.splitlines()
    assert f"right  {TASK}, the starter: works, not safe" in lines
    assert f"right  {TASK}, the solution: works, safe" in lines
    assert len([line for line in lines if line.startswith("right  save_upload, candidate ")]) == 6
    assert lines[-1] == "every reference judged rightly"


def test_a_reference_that_is_judged_wrongly_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        selftest, "references", lambda task: [("the starter", GOOD, False), ("the solution", GOOD, True)]
    )
    assert cli.main(["trial", "--selftest", "--task", TASK]) == 1
    printed = capsys.readouterr().out
    assert f"WRONG  {TASK}, the starter: works, safe" in printed
    assert "1 of the course's own references judged wrongly" in printed


# A command that is asked


@pytest.mark.parametrize(
    ("manner", "told"),
    [
        ("well", counts(1, 1, 1, 1, 1, 0)),
        ("badly", counts(1, 1, 1, 0, 0, 0)),
        ("refusal", counts(1, 0, 0, 0, 0, 0)),
        ("two blocks", counts(1, 1, 1, 1, 1, 0)),
        ("50 MB", counts(1, 1, 1, 1, 1, 0)),
    ],
)
def test_an_assistant_that_answers(trial: Trial, tmp_path: Path, manner: str, told: dict[str, int]) -> None:
    code, found = asked(trial, manner, tmp_path / "report")
    [kept] = (tmp_path / "report" / "answers" / "plain" / TASK).iterdir()

    assert code == 0
    assert found["prompts"]["plain"]["tasks"] == {TASK: told}
    assert kept.name == "1.md" and kept.stat().st_size <= 1_000_000
    link = f'<a href="./answers/plain/{TASK}/1.md">'
    assert (link in (tmp_path / "report" / "index.html").read_text()) == (manner == "50 MB"), "what is cut is linked to"


def test_an_answer_from_elsewhere_is_linked_to_from_the_report(tmp_path: Path) -> None:
    sample = Sample("a prompt", TASK, tmp_path / "answers" / "a prompt" / TASK / "1.md")
    way = Report(tmp_path / "report").way_to(sample)
    shown = Shown(
        "a prompt", "", TASK, "1.md", None, "", b"x" * (LONGEST + 1), Judged(True, True, True, False, ""), way
    )
    told = page(["who"], "today", "1", Counts({"a prompt": {TASK: [shown.judged]}}), [shown])
    assert way == f"../answers/a prompt/{TASK}/1.md"
    assert f'<a href="./../answers/a%20prompt/{TASK}/1.md">' in told


def test_a_hazard_that_was_not_reached_is_not_judged() -> None:
    works_not = Check("works", "fail", about="function")
    skipped = Judged(True, False, False, False, "", (works_not, Check("safe", "skipped")))
    assert skipped.in_words() == "does not work, not judged for the hazard"
    failed = Judged(True, False, False, False, "", (works_not, Check("safe", "fail")))
    assert failed.in_words() == "does not work, not safe"


def test_advice_on_six_tasks_and_more_is_not_given_for_one() -> None:
    one = Judged(True, True, True, False, "")
    assert Counts({"plain": {"guard": [one]}}).too_few.startswith("A trial of 1 task can show no difference")
    assert Counts({"plain": {str(task): [one] for task in range(6)}}).too_few == ""


def test_what_works_not_is_no_gain_by_being_safe(trial: Trial, tmp_path: Path) -> None:
    _, found = asked(trial, "wrongly", tmp_path / "report")
    tally = found["prompts"]["plain"]["tasks"][TASK]
    assert (tally["usable"], tally["works"], tally["works_and_safe"]) == (1, 0, 0)


def test_a_command_that_fails_has_not_answered_and_is_asked_again(trial: Trial, tmp_path: Path) -> None:
    code, found = asked(trial, "not at all", tmp_path / "report")
    assert code == 3
    assert found["prompts"]["plain"]["tasks"] == {TASK: counts(0, 0, 0, 0, 0, 1)}
    assert "no model is loaded" in (tmp_path / "report" / "index.html").read_text()

    code, found = asked(trial, "well", tmp_path / "report")
    assert (code, found["prompts"]["plain"]["unmeasured"]) == (0, 0)


def test_a_slow_command_is_ended_with_all_its_children(trial: Trial, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    begun = time.monotonic()
    settings = ["--task", TASK, "--prompts", "plain", "--samples", 1, "--seconds", 1.5]
    done = trial("--assistant", assistant("slowly", notes), "--out", tmp_path / "report", *settings)

    assert done.status == 3 and time.monotonic() - begun < 40, "its child sleeps for a minute"
    assert "had not answered after 1.5 seconds" in done.errors
    assert not group_lives(notes.read_text().split()[0])


def test_what_was_answered_is_not_asked_again_and_more_samples_are_asked_for(trial: Trial, tmp_path: Path) -> None:
    report, notes = tmp_path / "report", tmp_path / "notes"
    for samples, calls in ((1, 2), (1, 2), (2, 4)):
        settings = ["--task", TASK, "--prompts", "plain,named", "--samples", samples]
        assert trial("--assistant", assistant("well", notes), "--out", report, *settings).status == 0
        assert len(notes.read_text().splitlines()) == calls


def test_an_answer_to_another_request_is_no_answer(trial: Trial, tmp_path: Path) -> None:
    report, notes, ours = tmp_path / "report", tmp_path / "notes", tmp_path / "ours.md"
    for rules, calls in (("Be quick.", 1), ("Be quick.", 1), ("Be careful.", 2)):
        ours.write_text(rules)
        settings = ["--task", TASK, "--prompts", ours, "--samples", 1]
        trial("--assistant", assistant("well", notes), "--out", report, *settings)
        assert len(notes.read_text().splitlines()) == calls
    text = (report / "index.html").read_text()
    assert "Be careful." in text and "Be quick." not in text


@pytest.mark.parametrize(("number", "code"), [(signal.SIGKILL, -9), (signal.SIGINT, 130)])
def test_stopped_and_called_again_loses_nothing(trial: Trial, tmp_path: Path, number: int, code: int) -> None:
    """The third answer takes its time; when the trial is stopped there, two are kept and judged."""
    report, notes = tmp_path / "report", tmp_path / "notes"
    reached = tmp_path / "reached"
    os.mkfifo(reached)
    third = f"[ $(wc -l < {notes}) -ne 3 ] || {{ echo here > {reached}; sleep 20; }}"
    slow_third = f"{assistant('well', notes)}; {third}"
    settings = ["--out", report, "--task", TASK, "--prompts", "plain", "--samples", "4"]
    with subprocess.Popen(
        command("--assistant", slow_third, *settings), stderr=subprocess.DEVNULL, env=ENVIRONMENT
    ) as process:
        assert reached.read_text() == "here\n"
        process.send_signal(number)
        assert process.wait(15) == code
    if number == signal.SIGINT:
        assert not group_lives(notes.read_text().splitlines()[2].split()[0])
    kept = {path.name: path.stat().st_mtime_ns for path in (report / "answers").rglob("*.md")}
    judged = (report / "judged.jsonl").read_text()
    done = trial("--assistant", assistant("well", notes), *settings, "--json")

    assert sorted(kept) == ["1.md", "2.md"]
    assert json.loads(done.output)["prompts"]["plain"]["tasks"] == {TASK: counts(4, 4, 4, 4, 4, 0)}
    assert {path.name: path.stat().st_mtime_ns for path in (report / "answers").rglob("[12].md")} == kept
    assert (report / "judged.jsonl").read_text() == judged, "all four answers are the same text"
    assert len(notes.read_text().splitlines()) == 5, "three before, the two that were missing after"


def group_lives(group: str) -> bool:
    """Whether any process of that group is left, zombies aside."""
    found = [process for process in psutil.process_iter() if group_of(process.pid) == int(group)]
    return any(process.status() != psutil.STATUS_ZOMBIE for process in found)


def group_of(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return None
