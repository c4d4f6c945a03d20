"""What students get: nothing that answers an exercise, and everything that works without the answers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from course_lib import advice
from course_lib.cli import main
from course_lib.exercise_files import answer_cells, read_notebook, solution_path, source_of
from course_lib.hazards.coaching import Coaching, coaching_for
from course_lib.release import GOOD_ANSWER, readme, without
from course_lib.syllabus import LESSONS
from tests.house import notebooks

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("release") / "course"
    assert main(["release", "--out", str(out)]) == 0
    return out


def run(course: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The course's own command in the release, with nothing of this folder on the path."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment = {**kept, "COURSE_PROGRESS": str(course.parent / "progress.jsonl")}
    command = [sys.executable, "-m", "course_lib", *arguments]
    return subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True, check=False)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_no_solution_no_good_answer_and_no_test_is_in_it(released: Path) -> None:
    """Whatever file it might stand in, and however it is broken into lines there."""
    paths = [path for path in released.rglob("*") if path.is_file()]
    texts = {path: squeezed(path.read_bytes().decode("utf-8", "replace").replace("\\n", "\n")) for path in paths}
    answers = {
        squeezed(source_of(cell).replace('"', '\\"')): f"{lesson.stem}/{task}"
        for lesson in LESSONS
        for task, cell in answer_cells(read_notebook(solution_path(lesson))).items()
    }
    answers |= {
        squeezed(answer.code): f"{lesson.stem}/{task}: {answer.title}"
        for lesson in LESSONS
        for task in lesson.tasks
        for answer in coaching_for(lesson, task).answers
    }
    assert [told for answer, told in answers.items() if any(answer in text for text in texts.values())] == []
    names = {part for path in paths for part in path.relative_to(released).parts}
    assert not names & {"solutions", "tests", "_template", "__pycache__", ".venv", "solution.ipynb"}


def test_an_answer_would_be_found() -> None:
    """In the course itself each of them is."""
    text = (ROOT / "course_lib" / "hazards" / "data_structures" / "coaching.md").read_text("utf-8")
    codes = [squeezed(answer.code) for answer in coaching_for(LESSONS[5], "UserDirectory").answers]
    assert all(code in squeezed(text) for code in codes)
    assert not any(code in squeezed(without(GOOD_ANSWER, text)) for code in codes)


def test_hints_are_all_there(released: Path) -> None:
    for lesson in LESSONS:
        path = Path("course_lib", "hazards", lesson.slug, "coaching.md")
        heads = [
            [line for line in (root / path).read_text("utf-8").splitlines() if line.startswith(("## ", "### hint"))]
            for root in (ROOT, released)
        ]
        assert heads[0] == heads[1]


def test_a_heading_within_code_is_none() -> None:
    text = "## t\n### hint 1 a\n```\n### good answer: no\n```\nb\n### good answer: x\n```\n## no\n```\nc\n## u\nd\n"
    assert without(GOOD_ANSWER, text) == "## t\n### hint 1 a\n```\n### good answer: no\n```\nb\n## u\nd\n"


def test_hint_check_reset_and_solution_in_it(released: Path) -> None:
    assert "Hint 1 of" in run(released, "hint", "EventLog").stdout
    exercise = released / "exercises" / "06_data_structures.ipynb"
    assert run(released, "check", exercise.stem, str(exercise)).returncode == 1
    delivered = exercise.read_text("utf-8")
    exercise.write_text(delivered.replace("UserDirectory", "Changed"), "utf-8")
    assert run(released, "reset", exercise.stem).returncode == 0
    assert exercise.read_text("utf-8") == delivered
    assert "ask who handed the course out" in run(released, "solution", "EventLog", "--sure").stdout
    assert "this copy of the course has none" in run(released, "trial", "--selftest").stderr


def test_lesson_9_can_still_count_an_assistants_answers(released: Path) -> None:
    """It reads what was asked from the exercises' own words, which stood in the solutions."""
    answers = Path("course_lib", "samples", "answers")
    done = run(
        released, "trial", "--answers", str(answers), "--out", str(released.parent / "trial"), "--task", "count_rows"
    )
    assert done.returncode == 0 and "count_rows" in (released.parent / "trial" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("folder", ["notebooks", "exercises"])
def test_no_link_of_a_notebook_is_dead(released: Path, folder: str) -> None:
    for path in (released / folder).glob("*.ipynb"):
        assert notebooks.dead_links(read_notebook(path), path.parent) == []


def test_hints_may_be_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A verdict then promises none, and asked for one the course says so; words on the approach stay."""
    course = tmp_path / "course"
    assert main(["release", "--out", str(course), "--without-hints"]) == 0
    coached = "".join(path.read_text("utf-8") for path in course.glob("course_lib/hazards/*/coaching.md"))
    assert "### hint" not in coached and "### approach: " in coached
    told = (course / "README.md").read_text("utf-8")
    assert "no hints in this copy" in told and "hint(" not in told and "hint(" in readme()
    assert (
        run(course, "hint", "EventLog").stdout.strip() == "There are no hints for EventLog in this copy of the course."
    )
    monkeypatch.setattr(advice, "coaching_for", lambda *_: Coaching((), (), ()))
    assert "no hints for EventLog" in advice.what_helps(LESSONS[1], "EventLog", "memory does not grow with use")


def test_the_readme_tells_every_lesson() -> None:
    assert all(lesson.title in readme() for lesson in LESSONS)


def test_it_is_made_in_a_new_folder_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert main(["release", "--out", str(tmp_path)]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_it_is_not_made_within_what_is_handed_out(capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is copied into itself has no end."""
    place = ROOT / "notebooks" / "for-students"
    assert main(["release", "--out", str(place)]) == 2
    assert "lies in notebooks" in capsys.readouterr().err and not place.exists()
