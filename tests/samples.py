"""The trust corpus by name: programs that are files, and programs that are a right answer with a few lines changed.

A folder of samples may hold `mutations.diff`: under `## TASK__reason` stand the program's first line, which of a near
miss names the check that it fails, and the blocks of lines that differ from `right_answers/NN_slug/TASK__base.py`, as a
diff writes them. A block that does not stand in the base exactly once is an error, so a changed base never makes a
sample mean something else in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course_lib.syllabus import LESSONS

HERE = Path(__file__).parent
FAILS, NAME, BETWEEN = "# fails: ", "## ", "@@"


@dataclass(frozen=True)
class Sample:
    """One program of the corpus; its first line names the check that it must fail, where it must fail one."""

    folder: str
    name: str
    source: str

    @property
    def task(self) -> str:
        return self.name.partition("__")[0]

    @property
    def fails(self) -> str:
        first = self.source.partition("\n")[0]
        assert first.startswith(FAILS), f"{self} must say which check it fails in its first line"
        return first.removeprefix(FAILS).strip()

    def __str__(self) -> str:
        return f"{self.folder}/{self.name}"


def samples(kind: str) -> list[Sample]:
    """Every sample of `near_misses` or `right_answers`, lesson by lesson."""
    return [each for lesson in LESSONS for each in sorted(_samples_in(HERE / kind / lesson.stem), key=str)]


def _samples_in(folder: Path) -> Iterator[Sample]:
    for path in folder.glob("*__*.py"):
        yield Sample(folder.name, path.stem, path.read_text("utf-8"))
    table = folder / "mutations.diff"
    if table.exists():
        yield from _mutations(table.read_text("utf-8"), HERE / "right_answers" / folder.name)


def _mutations(table: str, bases: Path) -> Iterator[Sample]:
    for entry in table.split(f"\n{NAME}")[1:]:
        name, fails, *lines = entry.rstrip("\n").split("\n")
        base = (bases / f"{name.partition('__')[0]}__base.py").read_text("utf-8")
        yield Sample(bases.name, name, f"{fails}\n{mutated(base, lines, name)}")


def mutated(base: str, lines: list[str], name: str) -> str:
    """The base with each block of the diff's lines put in; AssertionError where one does not fit."""
    for block in "\n".join(lines).split(f"\n{BETWEEN}\n"):
        marked = [(line[:1], line[1:]) for line in block.split("\n")]
        old = "".join(f"{text}\n" for mark, text in marked if mark != "+")
        new = "".join(f"{text}\n" for mark, text in marked if mark != "-")
        found = f"\n{base}".count(f"\n{old}")
        assert found == 1, f"{name}: these lines stand {found} times in its base\n{old}"
        base = f"\n{base}".replace(f"\n{old}", f"\n{new}")[1:]
    return base
