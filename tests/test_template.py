"""A newcomer's way: the room of `hazards/_template` copied under a new name becomes a whole lesson, one gap at a time.

All of it happens in a copy of the course, and each step is judged by what `verify` prints: the last step as a command
line, which looks through the machine first, the others without that, each in a process that is forked.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.browser.server import copy_course
from tests.forked_commands import ForkedCommands

SLUG = "changed_arguments"
STEM = f"99_{SLUG}"
LINE = f'    Lesson(99, "{SLUG}", "Changed arguments", 20, ("doubled",)),\n'
VERIFY = f"""
from course_lib.syllabus import find_lesson
from course_lib.verify import verify

raise SystemExit(not verify([find_lesson("{STEM}")]))
"""
FRESH = "def doubled(numbers):\n    return {}\n"
RIGHT = (
    "[2 * number for number in numbers]",
    "[number + number for number in numbers]",
    "list(map((2).__mul__, numbers))",
    "[number << 1 for number in numbers]",
    "[sum(pair) for pair in zip(numbers, numbers)]",
    "list(2 * number for number in tuple(numbers))",
)
WRONG = (
    "[number for number in numbers]",
    "[number ** 2 for number in numbers]",
    "[2.0 * number for number in numbers]",
    "[number + 2 for number in numbers]",
    "tuple(2 * number for number in numbers)",
    "numbers + numbers",
    "sorted(2 * number for number in numbers)",
    "list({2 * number: None for number in numbers})",
    "[2 * abs(number) for number in numbers]",
    "[2 * number for number in numbers[:10]]",
    "None",
)
CHANGES = "# fails: leaves the given list as it was\n"
IN_PLACE = (
    CHANGES + "def doubled(numbers):\n    numbers[:] = [2 * number for number in numbers]\n    return list(numbers)\n"
)


class Newcomer:
    """Somebody who works in a copy of the course."""

    _forked: ForkedCommands | None

    def __init__(self, course: Path, kept: contextlib.ExitStack) -> None:
        self.course = course
        self.room = course / "course_lib" / "hazards" / SLUG
        self.template = self.room.with_name("_template")
        self.syllabus = course / "course_lib" / "syllabus.py"
        path = os.pathsep.join(map(str, (course, course / "tests" / "without_grammars")))
        self.environment = {**os.environ, "PYTHONPATH": path}
        self._kept, self._forked = kept, None

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *arguments]
        return subprocess.run(
            command, cwd=self.course, env=self.environment, capture_output=True, text=True, check=False
        )

    def verified(self, command: Sequence[str] = ()) -> tuple[int, list[str]]:
        """The exit status, and the gaps that were named: by a command, or by a process forked for it."""
        if command:
            done = self.run(*command)
            return done.returncode, gaps(done.stdout)
        if self._forked is None:  # not before the syllabus has the lesson
            self._forked = self._kept.enter_context(ForkedCommands("", self.environment, self.course))
        ran = self._forked.run_code(VERIFY)
        return ran.status, gaps(ran.output)

    def write(self, path: str, text: str) -> None:
        target = self.course / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")

    def add_the_line(self) -> None:
        text = self.syllabus.read_text("utf-8")
        self.syllabus.write_text(text.replace("\n)\n\nHAZARDS", f"\n{LINE})\n\nHAZARDS"), "utf-8")

    def copy_to_the_room(self, name: str) -> None:
        self.room.mkdir(exist_ok=True)
        shutil.copy(self.template / "__init__.py", self.room)
        shutil.copy(self.template / name, self.room)

    def write_coaching(self, until: str) -> None:
        """The template's coaching, up to a heading and without it."""
        text = (self.template / "coaching.md").read_text("utf-8")
        self.write(f"course_lib/hazards/{SLUG}/coaching.md", text.partition(until)[0] if until else text)

    def copy_notebook(self, name: str, folder: str) -> None:
        shutil.copy(self.template / name, self.course / folder / f"{STEM}.ipynb")

    def store_outputs(self) -> None:
        assert self.run("-m", "tests.store_outputs", STEM).stdout == f"stored {STEM}\n"

    def write_near_misses(self) -> None:
        self.write(f"tests/near_misses/{STEM}/doubled__in_place.py", IN_PLACE)
        for number, wrong in enumerate(WRONG):
            sample = "# fails: gives every number, doubled\n" + FRESH.format(wrong)
            self.write(f"tests/near_misses/{STEM}/doubled__wrong_{number}.py", sample)

    def write_right_answers(self) -> None:
        for number, right in enumerate(RIGHT):
            self.write(f"tests/right_answers/{STEM}/doubled__right_{number}.py", FRESH.format(right))


def gaps(printed: str) -> list[str]:
    return [line.removeprefix(f"{STEM}: ") for line in printed.splitlines() if line.startswith(STEM)]


Step = tuple[str, Callable[[Newcomer], None]]
STEPS: list[Step] = [
    (f"course_lib/hazards/{SLUG}/probe.py is missing", lambda one: one.copy_to_the_room("probe.py")),
    (f"course_lib/hazards/{SLUG}/grader.py is missing", lambda one: one.copy_to_the_room("grader.py")),
    (f"course_lib/hazards/{SLUG}/coaching.md is missing", lambda one: one.write_coaching("## doubled")),
    ("0 hints for doubled, 3 are wanted", lambda one: one.write_coaching("### good answer")),
    ("0 good answers for doubled, 2 are wanted", lambda one: one.write_coaching("")),
    (f"notebooks/{STEM}.ipynb is missing", lambda one: one.copy_notebook("lesson.ipynb", "notebooks")),
    (f"solutions/{STEM}.ipynb is missing", lambda one: one.copy_notebook("solution.ipynb", "solutions")),
    (f"exercises/{STEM}.ipynb is missing", lambda one: one.store_outputs()),
    ("0 near misses of doubled, 12 are wanted", lambda one: one.write_near_misses()),
    ("0 right answers of doubled, 6 are wanted", lambda one: one.write_right_answers()),
]


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newcomer]:
    with contextlib.ExitStack() as kept:
        yield Newcomer(copy_course(tmp_path_factory.mktemp("newcomer") / "course"), kept)


@pytest.mark.slow
def test_verify_names_what_is_missing_until_a_copy_of_the_template_is_whole(newcomer: Newcomer) -> None:
    """Every gap is named from the start, each step closes its own and opens no other; then the lesson is proved."""
    newcomer.add_the_line()
    for position, (gap, close) in enumerate(STEPS):
        status, named = newcomer.verified()
        assert (status, sorted(named)) == (1, sorted(gap for gap, _ in STEPS[position:]))
        close(newcomer)
    whole = newcomer.verified(("-m", "course_lib", "verify", STEM))
    assert whole == (0, ["whole; starters fail, solution and good answers pass"])


@pytest.mark.slow
def test_the_copy_obeys_the_house_and_its_samples_are_judged_as_they_say(newcomer: Newcomer) -> None:
    done = newcomer.run("-m", "pytest", "-q", "tests/test_house.py", "tests/test_trust.py", "-k", f"{SLUG} or {STEM}")
    assert done.returncode == 0, done.stdout
    ran = re.search(r"(\d+) passed", done.stdout)
    assert ran and int(ran[1]) > len(RIGHT) + len(WRONG) + len(("probe", "grader", "lesson", "exercise", "solution"))


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["notebooks", "exercises"])
def test_the_copys_lesson_and_exercise_run_from_top_to_bottom(
    newcomer: Newcomer, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(newcomer.course))
    notebook = nbformat.read(newcomer.course / folder / f"{STEM}.ipynb", as_version=4)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute(cwd=str(newcomer.course / folder))
    assert all(cell["execution_count"] for cell in notebook["cells"] if cell["cell_type"] == "code")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        (f"exercises/{STEM}.ipynb", "[1, 2, 3]", "[1, 2, 4]", "cell 5 of the exercise is not the solution's"),
        (f"exercises/{STEM}.ipynb", "numbers[position]", "numbers[0]", "cell 4 of the exercise is not the solution's"),
        (
            f"solutions/{STEM}.ipynb",
            "[2 * number",
            "[3 * number",
            "the solution to doubled is fail: doubled([3, 1, 2])",
        ),
        (
            f"course_lib/hazards/{SLUG}/coaching.md",
            "return [2 * number",
            "return [3 * number",
            "the good answer 'a list built anew' to doubled is fail: doubled([3, 1, 2])",
        ),
        (
            f"course_lib/hazards/{SLUG}/grader.py",
            'TASKS = {"doubled"',
            'TASKS = {"other"',
            f"course_lib/hazards/{SLUG}/grader.py judges no doubled",
        ),
        (
            f"course_lib/hazards/{SLUG}/probe.py",
            'PROBES = {"doubled"',
            'PROBES = {"other"',
            "the starter of doubled is unmeasured, it must fail: ",
        ),
        (
            f"course_lib/hazards/{SLUG}/grader.py",
            "if not changed:",
            "if True:",
            "the starter of doubled is pass, it must fail: all 2 checks hold",
        ),
    ],
)
def test_verify_says_what_is_wrong_with_a_lesson_that_has_everything(
    newcomer: Newcomer, path: str, old: str, new: str, told: str
) -> None:
    """One thing is spoilt, and named; then it is put back."""
    file = newcomer.course / path
    whole = file.read_text("utf-8")
    assert old in whole
    file.write_text(whole.replace(old, new), "utf-8")
    try:
        status, named = newcomer.verified()
    finally:
        file.write_text(whole, "utf-8")
    assert status == 1
    assert any(line.startswith(told) for line in named), named
