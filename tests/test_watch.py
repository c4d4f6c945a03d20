"""Each save is judged once, whichever way an editor writes; the last line says what is next."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from course_lib import watch as watching
from course_lib.progress import task_progress
from course_lib.reading import Verdict, not_judged
from course_lib.syllabus import CAPSTONE, LESSONS, Lesson, find_lesson
from course_lib.watch import Files, asked_of, next_step, watch

ROOT = Path(__file__).resolve().parents[1]
RIGHT = "def common_ids(left, right):\n    right = {*right}\n    return [x for x in {}.fromkeys(left) if x in right]\n"
WRONG = "def common_ids(left, right):\n    return []\n"


@pytest.fixture(autouse=True)
def at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.jsonl"))
    monkeypatch.setattr(watching, "INTERVAL", 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "mine"
    made.mkdir()
    return made


def replace(path: Path, text: str) -> None:
    """Saves as an editor does that never leaves a file half-written."""
    beside = path.with_suffix(".new")
    beside.write_text(text)
    beside.replace(path)


def in_place(path: Path, text: str) -> None:
    path.write_text(text)


def between_looks(*steps: Callable[[], object]) -> Iterator[None]:
    """Two looks after each step: one sees the change, the other that it stands still."""
    for step in steps:
        step()
        yield
        yield


@pytest.mark.parametrize("save", [in_place, replace])
def test_each_save_is_judged_once_and_the_last_line_says_what_is_next(
    folder: Path, save: Callable[[Path, str], None]
) -> None:
    """A wrong answer, nothing new, a right one."""
    told: list[str] = []
    mine = folder / "mine.py"
    mine.write_text("x = 1\n")
    steps = (lambda: save(mine, WRONG), lambda: None, lambda: save(mine, RIGHT))
    watch([folder], told.append, between_looks(*steps))

    assert [text.splitlines()[-1] for text in told] == [
        f"Next: export_profiles in exercises/{LESSONS[0].stem}.ipynb",
        "Next: change common_ids and save; a hint: python -m course_lib hint common_ids",
        f"Next: export_profiles in exercises/{LESSONS[0].stem}.ipynb",
    ]
    assert "common_ids: NOT YET" in told[1] and "common_ids: PASS" in told[2]
    lesson = find_lesson("06_data_structures")
    assert lesson is not None
    kept = task_progress(lesson)[1]
    assert (kept.tries, kept.passed) == (2, True)


def test_a_file_is_left_alone_until_it_stands_still(folder: Path) -> None:
    """And one that is away between two looks is not forgotten, nor judged for coming back as it was."""
    files = Files([folder])
    mine = folder / "mine.py"
    for letters in range(1, 4):
        mine.write_text("x" * letters)
        assert files.saved() == []
    assert files.saved() == [mine]
    away = mine.rename(folder / "away.txt")
    assert files.saved() == []
    away.rename(mine)
    assert [files.saved(), files.saved()] == [[], []]


def test_only_what_may_be_an_answer_is_watched(folder: Path) -> None:
    for name in ("notes.txt", ".hidden.py", "06_data_structures.kept-1.ipynb", "mine.py", "YOURS.PY"):
        (folder / name).write_text("x")
    os.mkfifo(folder / "pipe.py")

    assert sorted(path.name for path in Files([folder])._look()) == ["YOURS.PY", "mine.py"]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("mine.py", "def other(): pass", "none of the course's tasks"),
        ("other.ipynb", "{}", "No exercise has this name"),
    ],
)
def test_what_answers_nothing_is_said_in_one_sentence(folder: Path, name: str, text: str, words: str) -> None:
    (folder / name).write_text(text)
    told = asked_of(folder / name)

    assert isinstance(told, str) and words in told and "\n" not in told


@pytest.mark.parametrize(("text", "words"), [("def common_ids(:", "can't be read, line 1"), ("\0", "can't be read")])
def test_what_is_no_python_is_to_be_mended_first(folder: Path, text: str, words: str) -> None:
    told: list[str] = []
    watch([folder], told.append, between_looks(lambda: (folder / "mine.py").write_text(text)))

    assert words in told[1]
    assert told[1].splitlines()[-1] == "Next: mend mine.py and save it again."


def test_a_notebook_that_cannot_be_read_and_one_of_the_courses_name(folder: Path) -> None:
    """Half a file is said to be one; the next save is judged again."""
    told: list[str] = []
    mine = folder / "06_data_structures.ipynb"
    watch([folder], told.append, between_looks(lambda: mine.write_text("{")))

    assert "is not a readable notebook" in told[1]
    assert told[1].splitlines()[-1].startswith("Next: ")


def test_a_file_by_the_lessons_name_is_asked_for_what_it_defines(folder: Path) -> None:
    (folder / "06_data_structures.py").write_text(f"{RIGHT}\nUserDirectory: type = dict\n")
    found = asked_of(folder / "06_data_structures.py")

    assert not isinstance(found, str)
    assert found[1] == ["UserDirectory", "common_ids"]


def test_nothing_is_next_when_everything_is_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "EXERCISES", ())

    assert next_step() == "Next: nothing is left; every task is passed."


def test_a_service_is_judged_task_by_task_when_any_file_of_it_is_saved(folder: Path) -> None:
    """Several files saved at once are one answer; one that can't be loaded is said once; a new save begins it anew."""
    told: list[str] = []
    mine = folder / "10_capstone"
    (mine / "parts").mkdir(parents=True)
    (mine / "service.py").write_text("from parts.journal import create_service\n")
    (folder / "mine.py").write_text("x = 1\n")
    judged: list[str] = []

    def tell(text: str) -> None:
        told.append(text)
        if text.startswith("service:"):
            judged.append(text.partition("\n")[0])

    def save(text: str) -> None:
        (mine / "parts" / "journal.py").write_text(text)
        (mine / "service.py").write_text("from parts.journal import create_service  # saved too\n")

    steps = (lambda: save("def create_service(:\n"), lambda: save("1 / 0\n"))
    watch([folder], tell, between_looks(*steps))

    assert len(judged) == 2 and all(line == "service: COULD NOT RUN" for line in judged)
    assert sum("saved at" in text for text in told) == 2
    assert "journal.py, line 1 raised ZeroDivisionError" in told[-2]
    assert told[-1] == "Next: change service and save; a hint: python -m course_lib hint service"


def test_a_judgement_of_a_service_is_left_when_it_was_saved_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = folder / "service.py"
    mine.write_text("")
    judged: list[str] = []

    def judge(_desk: object, lesson: Lesson, tasks: list[str], _path: Path) -> Verdict:
        judged.extend(tasks)
        if judged == ["service", "resource_leaks"]:
            mine.write_text("changed = True")
        return not_judged(lesson.stem, tasks, "unmeasured", "tried")

    monkeypatch.setattr(watching._Desk, "_judge", judge)
    watch([folder], lambda _text: None, between_looks(lambda: mine.write_text("x"), lambda: None))

    assert judged == ["service", "resource_leaks", *CAPSTONE.tasks]


def test_ctrl_c_ends_it_with_130_and_one_sentence(folder: Path) -> None:
    command = [sys.executable, "-m", "course_lib", "watch", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, stdout=-1, stderr=-1, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        begun = [process.stdout.readline(), process.stdout.readline()]
        process.send_signal(signal.SIGINT)
        rest, told = process.communicate(timeout=60)

    assert begun[0].startswith("Watching ") and begun[1].startswith("Next: ")
    assert (process.returncode, rest, told) == (130, "", "stopped; nothing was lost\n")


@pytest.mark.parametrize("name", ["nowhere", "notes.txt"])
def test_what_can_never_be_judged_is_wrong_usage(folder: Path, name: str) -> None:
    (folder / "notes.txt").touch()
    command = [sys.executable, "-m", "course_lib", "watch", str(folder / name)]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60
    )

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1 and name in done.stderr
