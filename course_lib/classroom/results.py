"""The report's results.jsonl: one line a hand-in, appended whole and forced to the disk as soon as it is known.

A line that a killed run left unfinished is passed over and cut off. A judgement is found again by the student, the
exercise, the digest of the file and the judge's version: a file that changed, and every file for another judge, is
judged anew. Lines stay on the disk; of each hand-in only where its line lies and what the marks need is held in memory.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from course_lib.classroom.finding import HandIn
from course_lib.reading import TaskVerdict, Verdict
from course_lib.reports.folder import Kind, claimed
from course_lib.reports.lines import Line, Lines
from course_lib.runner.version import judge_version

FIELDS = frozenset({"student", "exercise", "judge", "digest", "verdict"})
CLASS = Kind("the report of a class", "results.jsonl", FIELDS)


@dataclass(frozen=True)
class Told:
    """What the marks and the class page need of one task's verdict; `missed` names the first check not passed."""

    status: str
    reason: str
    missed: str


@dataclass(frozen=True)
class Result:
    """Where a hand-in's line lies, and what was said of each task; `structures` are of the answers, by task."""

    place: int
    digest: str
    judge: str
    tasks: dict[str, Told]
    structures: dict[str, tuple[str, int]]
    confinement: str

    @property
    def unmeasured(self) -> list[str]:
        return [name for name, told in self.tasks.items() if told.status == "unmeasured"]


class Results:
    """The lines of a report's folder, which this run alone may write; raises NotAReport for another kind of folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._held = folder, contextlib.ExitStack()
        self._held.enter_context(claimed(folder, CLASS))
        self._lines = Lines(folder / CLASS.lines)
        self._read()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._held.close()

    def _read(self) -> None:
        self._of: dict[tuple[str, str], Result] = {}
        self._outdated = 0
        for place, told in self._lines.read():
            self._note(told, place)

    def _note(self, told: Line | None, place: int) -> None:
        try:
            assert told is not None
            key, result = (str(told["student"]), str(told["exercise"])), _result(told, place)
        except (ValueError, AssertionError, KeyError, TypeError, AttributeError):
            self._outdated += 1
            return
        self._outdated += key in self._of
        self._of[key] = result

    def known(self, hand_in: HandIn) -> Result | None:
        """What this judge has said of this file before."""
        result = self._of.get(hand_in.key)
        fresh = result is not None and result.digest == hand_in.digest and result.judge == judge_version()
        return result if fresh else None

    def verdict(self, hand_in: HandIn) -> Verdict | None:
        """The whole verdict, read from the disk."""
        result = self.known(hand_in)
        if result is None:
            return None
        return Verdict.from_plain(self._lines.at(result.place)["verdict"])

    def structures(self, hand_in: HandIn) -> dict[str, tuple[str, int]]:
        """The structures of its answers, as far as they are known."""
        result = self.known(hand_in)
        return result.structures if result else {}

    def append(self, hand_in: HandIn, verdict: Verdict, structures: dict[str, Any]) -> None:
        """Keeps a verdict for good."""
        told = {
            "student": hand_in.student,
            "exercise": hand_in.lesson.stem,
            "judge": judge_version(),
            "digest": hand_in.digest,
            "verdict": verdict.to_plain(),
            "structures": structures,
        }
        self._note(told, self._lines.append(told))

    def tidy(self) -> None:
        """Leaves one line a hand-in: the last that was said of it."""
        if self._outdated:
            self._lines.keep(result.place for result in self._of.values())
            self._read()


def _result(told: dict[str, Any], place: int) -> Result:
    verdict = Verdict.from_plain(told["verdict"])
    structures = {str(task): (str(one[0]), int(one[1])) for task, one in told.get("structures", {}).items()}
    tasks = {one.task: Told(one.status, one.reason, _first_missed(one)) for one in verdict.tasks}
    held = verdict.confinement
    return Result(place, str(told["digest"]), str(told["judge"]), tasks, structures, str(held) if held else "")


def _first_missed(verdict: TaskVerdict) -> str:
    return next((check.name for check in verdict.checks if check.status not in ("pass", "skipped")), "")
