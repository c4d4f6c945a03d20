"""check, hint, solution and reset in a real kernel: the verdict, kind words, and a kernel that lives on."""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from course_lib import advice, exercise_files
from course_lib.exercise_files import files_in, read_notebook, reset_exercise, source_of, starter_notebook
from course_lib.notebook import _answer_of
from course_lib.syllabus import CAPSTONE, LESSONS, find_lesson

ROOT = Path(__file__).resolve().parents[1]
SETUP = "from course_lib.notebook import check, hint, reset, solution"
RIGHT = (
    "def common_ids(left, right):\n    known = set(right)\n    return [x for x in dict.fromkeys(left) if x in known]"
)
WRONG = "def common_ids(left, right):\n    return []"
MEAN = "def average_rating(ratings):\n    return sum(ratings) / len(ratings) if ratings else None"
"""An answer to the exercise whose judge is ready soonest, for what is the same for all."""

Run = Callable[..., list[str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs cells in a fresh kernel and gives what each of them showed, as text."""
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.jsonl"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))

    def run(*cells: str) -> list[str]:
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in (SETUP, *cells)])
        NotebookClient(notebook, timeout=120, allow_errors=True, kernel_name="python3").execute(cwd=str(tmp_path))
        return ["".join(map(shown, cell.outputs)) for cell in notebook.cells[1:]]

    yield run


def shown(output: nbformat.NotebookNode) -> str:
    if "data" in output:
        return str(output.data.get("text/plain", ""))
    return str(output.get("text") or output.get("evalue", ""))


def test_what_the_judge_says_meanwhile_is_no_verdict() -> None:
    lines = io.StringIO('{"part": [1, 2]}\n{"part": [2, 2]}\n{"status": "pass"}\n{"part": [1, 2]}\n')

    assert _answer_of(lines) == {"status": "pass"}
    assert _answer_of(lines) is None


def test_the_last_definition_is_judged(run: Run) -> None:
    """Wrong, then repaired, in one session."""
    told = run(WRONG, "check(common_ids)", RIGHT, "check(common_ids)")

    assert told[1].startswith("common_ids: NOT YET")
    assert "hint(" in told[1]
    assert told[3].startswith("common_ids: PASS")
    assert "Good answers to compare with yours" in told[3]


def test_a_submission_cannot_hurt_the_kernel(run: Run) -> None:
    """An endless loop, a hard exit and a memory bomb end in a verdict; the kernel goes on."""
    endless = "import time\n    while True: time.sleep(0.01)"  # and leaves the processor to others meanwhile
    bodies = (endless, "import os; os._exit(0)", "x = []\n    while True: x.append(bytearray(10**7))")
    cells = [cell for body in bodies for cell in (f"def average_rating(ratings):\n    {body}", "check(average_rating)")]
    told = run(*cells, "6 * 7")

    assert all("COULD NOT RUN" in verdict for verdict in told[1:6:2])
    assert told[-1] == "42"


def test_unknown_things_get_one_clear_sentence(run: Run) -> None:
    """A wrong name, a None, a library function: what to pass instead."""
    wrong = ("check(None)", "check(len)", "check('nothing')", "hint(3)", "solution('x')", "reset()", "reset('x')")
    told = run(*wrong, "reset(len)", "hint('average_rating', '2')", "check('service')")

    assert all("pass your function or class itself" in note for note in told[:5])
    assert all("Which exercise?" in note for note in told[5:8])
    assert "python -m course_lib check 10_capstone exercises/10_capstone --task service" in told[9]
    assert told[8] == "Which hint again? Give its number: hint('average_rating', 1)."


def test_a_scratch_cell_that_raises_is_named(run: Run) -> None:
    """The learner's own failed cell is passed over and named in the verdict."""
    told = run("1 / 0", MEAN, "check(average_rating)")

    assert told[2].startswith("average_rating: PASS")
    assert "ZeroDivisionError" in told[2]


def test_a_verdict_says_what_it_judged_and_what_was_printed(run: Run) -> None:
    """The number is the one in the cell's brackets; the first cell is the setup."""
    printing = MEAN.replace("    return", "    print('seen', ratings)\n    return")
    told = run("1 + 1", printing, "check(average_rating)")

    assert "\nJudged: your cell [3], run " in told[2]
    assert "  it printed:\n" in told[2]
    assert "seen [" in told[2]


def test_magics_and_await_are_allowed(run: Run) -> None:
    """What a notebook runs, the judge runs."""
    told = run(
        "%matplotlib inline\n!true",
        f"%%time\n{MEAN}",
        "import asyncio\nawait asyncio.sleep(0)",
        "check(average_rating)",
    )

    assert told[3].startswith("average_rating: PASS")
    assert "skipped" not in told[3]


def test_the_same_name_under_another_label_is_found(run: Run) -> None:
    """A repair defined as something else and assigned counts as well."""
    told = run(MEAN.replace("average_rating", "mine"), "average_rating = mine", "check(average_rating)")

    assert told[2].startswith("average_rating: PASS")


def test_hints_climb_three_rungs_and_say_how_many_are_left(run: Run) -> None:
    """From the vaguest to the plainest, and no further."""
    told = run(WRONG, *["hint(common_ids)"] * 4)

    assert [note[:11] for note in told[1:]] == [f"Hint {number} of 3" for number in (1, 2, 3)] + ["Hint 3 of 3"]
    assert [note.splitlines()[-1][:6] for note in told[1:]] == ["2 left", "1 left", "0 left", "0 left"]
    assert told[4].endswith('An answer: solution("common_ids")')


def test_a_verdict_names_the_hint_that_comes_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where hints for another check were taken before, and where none is left."""
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.jsonl"))
    monkeypatch.setattr(advice, "_seen_here", {})
    lesson = find_lesson("01_resource_leaks")
    assert lesson is not None
    task, failing = "export_profiles", "closes every file itself when something raises"
    told = [advice.what_helps(lesson, task, failing)]
    for _ in range(3):
        advice.next_hint(lesson, task)
        told.append(advice.what_helps(lesson, task, failing))

    assert [words.partition(" gives ")[2][:11] for words in told[:3]] == [
        "the first o",
        "number 2 of",
        "number 3 of",
    ]
    assert told[3].startswith("you have seen all of the 3 hints") and 'solution("export_profiles")' in told[3]


def test_a_solution_asks_one_question_first(run: Run) -> None:
    """Then it is always there."""
    asked, given = run("solution('common_ids')", "solution('common_ids', sure=True)")

    assert "First one question" in asked
    assert "def common_ids" in given


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_an_exercise_is_its_solution_with_the_starters(lesson: object) -> None:
    """`reset` gives back exactly the file that was delivered."""
    stem = getattr(lesson, "stem")  # noqa: B009  # the parameter is typed for the ids alone
    found = find_lesson(stem)
    assert found is not None
    delivered = exercise_files.exercise_path(found)
    twin = starter_notebook(read_notebook(exercise_files.solution_path(found)))

    ours = [(source_of(cell), cell["metadata"]) for cell in read_notebook(delivered)["cells"]]
    assert ours == [(source_of(cell), cell["metadata"]) for cell in twin["cells"]]


def test_reset_keeps_the_learners_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is lost: the changed file stands beside the fresh one, twice if need be."""
    lesson = LESSONS[5]
    for folder in ("exercises", "solutions"):
        (tmp_path / folder).mkdir()
        shutil.copy(ROOT / folder / f"{lesson.stem}.ipynb", tmp_path / folder)
    monkeypatch.setattr(exercise_files, "ROOT", tmp_path)
    path = tmp_path / "exercises" / f"{lesson.stem}.ipynb"
    for number in (1, 2):
        path.write_text(json.dumps({"mine": number}))
        kept = reset_exercise(lesson)
        assert kept is not None
        assert json.loads(kept.read_text()) == {"mine": number}

    assert reset_exercise(lesson) is None
    assert sorted(os.listdir(path.parent)) == [f"{lesson.stem}{end}.ipynb" for end in ("", ".kept-1", ".kept-2")]


def test_reset_on_a_full_disk_leaves_the_learners_version_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be written does not take its place."""
    lesson = LESSONS[5]
    for folder in ("exercises", "solutions"):
        (tmp_path / folder).mkdir()
        shutil.copy(ROOT / folder / f"{lesson.stem}.ipynb", tmp_path / folder)
    monkeypatch.setattr(exercise_files, "ROOT", tmp_path)
    path = tmp_path / "exercises" / f"{lesson.stem}.ipynb"
    path.write_text("mine")
    full = OSError(28, "No space left on device")
    monkeypatch.setattr(Path, "write_text", lambda *_: (_ for _ in ()).throw(full))
    with pytest.raises(OSError, match="No space"):
        reset_exercise(lesson)
    assert path.read_text() == "mine"


def test_reset_of_a_folder_keeps_what_was_changed_and_makes_it_anew_from_the_solution(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clone holds no copy of it: every repair is undone. Without the solution the copy is taken, or it is said."""
    for folder in ("exercises", "solutions"):
        ignored = shutil.ignore_patterns("__pycache__", ".*")
        shutil.copytree(ROOT / folder / CAPSTONE.exercise, tmp_path / folder / CAPSTONE.exercise, ignore=ignored)
    monkeypatch.setattr(exercise_files, "ROOT", tmp_path)
    path = tmp_path / "exercises" / CAPSTONE.exercise
    delivered = files_in(path)
    (path / "__pycache__").mkdir()
    assert delivered == files_in(ROOT / "exercises" / CAPSTONE.exercise) and reset_exercise(CAPSTONE) is None

    for number in (1, 2):
        (path / "orders.py").write_text(f"mine = {number}\n")
        (path / "README.md").unlink()
        kept = reset_exercise(CAPSTONE)
        assert kept is not None and kept.name == f"{CAPSTONE.stem}.kept-{number}"
        assert (kept / "orders.py").read_text() == f"mine = {number}\n" and files_in(path) == delivered

    (path.parent / ".as_delivered").mkdir()
    (tmp_path / "solutions" / CAPSTONE.exercise).rename(tmp_path / "gone")
    (path / "orders.py").write_text("mine")
    with pytest.raises(ValueError, match="ask who handed the course out"):
        reset_exercise(CAPSTONE)
    assert (path / "orders.py").read_text() == "mine"
    shutil.copytree(tmp_path / "exercises" / f"{CAPSTONE.stem}.kept-1", path.parent / ".as_delivered" / CAPSTONE.stem)
    reset_exercise(CAPSTONE)
    assert (path / "orders.py").read_text() == "mine = 1\n"


def test_reset_without_solutions_takes_the_copy_or_says_which_file_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A course may be handed out without its solutions."""
    lesson = LESSONS[5]
    delivered = (ROOT / "exercises" / f"{lesson.stem}.ipynb").read_text("utf-8")
    monkeypatch.setattr(exercise_files, "ROOT", tmp_path)
    path = tmp_path / "exercises" / f"{lesson.stem}.ipynb"
    path.parent.mkdir()
    path.write_text("{}")
    with pytest.raises(ValueError, match=f"neither solutions/{lesson.stem}.ipynb nor exercises/.as_delivered/"):
        reset_exercise(lesson)
    assert path.read_text() == "{}"

    (path.parent / ".as_delivered").mkdir()
    (path.parent / ".as_delivered" / path.name).write_text(delivered, "utf-8")
    reset_exercise(lesson)
    assert read_notebook(path) == json.loads(delivered)
