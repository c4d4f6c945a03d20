"""The report's results.jsonl: one line a hand-in, appended whole and forced to the disk as soon as it is known.

A line that a killed run left unfinished is passed over and cut off. A judgement is found again by the student, the
exercise, the digest of the file and the judge's version: a file that changed, and every file for another judge, is
judged anew. Lines stay on the disk; of each hand-in only where its line lies and what the marks need is held in memory.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Self

from course_lib.classroom.finding import HandIn
from course_lib.reading import TaskVerdict, Verdict
from course_lib.runner.version import judge_version

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows has none
    fcntl = None

LINES = "results.jsonl"
FIELDS = frozenset({"student", "exercise", "judge", "digest", "verdict"})


class NotAReport(Exception):
    """The folder can't be this class's report; the message is the sentence to show."""


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
    """The file of a report's folder: made where it is not there, refused where the folder holds something else."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / LINES
        _claim(folder, self.path)
        self._lock = _locked(folder)
        self._of: dict[tuple[str, str], Result] = {}
        self._outdated = 0
        self._end = self._read()
        if self._end < self.path.stat().st_size:
            os.truncate(self.path, self._end)  # what was cut off is not a line, and the next one is not its rest
        self._file = self.path.open("ab", buffering=0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()
        if self._lock is not None:
            os.close(self._lock)

    def _read(self) -> int:
        """Takes in every whole line; where the last of them ends."""
        end = 0
        with self.path.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    break
                self._note(line, end)
                end += len(line)
        return end

    def _note(self, line: bytes, place: int) -> None:
        with contextlib.suppress(ValueError, RecursionError, KeyError, TypeError):
            told = json.loads(line)
            key = str(told["student"]), str(told["exercise"])
            result = _result(told, place)
            self._outdated += key in self._of
            self._of[key] = result
            return
        self._outdated += 1

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
        with self.path.open("rb") as file:
            file.seek(result.place)
            return Verdict.from_plain(json.loads(file.readline())["verdict"])

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
        line = json.dumps(told).encode("ascii") + b"\n"
        rest = memoryview(line)
        while rest:
            rest = rest[self._file.write(rest) :]
        os.fsync(self._file.fileno())
        self._note(line, self._end)
        self._end += len(line)

    def tidy(self) -> None:
        """Leaves one line a hand-in: the last that was said of it."""
        if not self._outdated:
            return
        fresh = self.folder / f".{LINES}.new"
        with self.path.open("rb") as old, fresh.open("wb") as new:
            for result in sorted(self._of.values(), key=lambda one: one.place):
                old.seek(result.place)
                new.write(old.readline())
            new.flush()
            os.fsync(new.fileno())
        self._file.close()
        fresh.replace(self.path)
        self._of, self._outdated = {}, 0
        self._end = self._read()
        self._file = self.path.open("ab", buffering=0)


def _result(told: dict[str, Any], place: int) -> Result:
    verdict = Verdict.from_plain(told["verdict"])
    structures = {str(task): (str(one[0]), int(one[1])) for task, one in told.get("structures", {}).items()}
    tasks = {one.task: Told(one.status, one.reason, _first_missed(one)) for one in verdict.tasks}
    held = verdict.confinement
    return Result(place, str(told["digest"]), str(told["judge"]), tasks, structures, str(held) if held else "")


def _first_missed(verdict: TaskVerdict) -> str:
    return next((check.name for check in verdict.checks if check.status not in ("pass", "skipped")), "")


def _claim(folder: Path, lines: Path) -> None:
    """Makes the report, or finds that it is one; raises NotAReport."""
    if folder.exists() and not folder.is_dir():
        raise NotAReport(f"{folder} is not a folder; name one for the report, it is made where it is not there")
    folder.mkdir(parents=True, exist_ok=True)
    held = [path.name for path in folder.iterdir()]
    if held and not _is_ours(lines):
        raise NotAReport(f"{folder} holds something else than the report of a class; name a new or an empty folder")
    lines.touch()


def _is_ours(lines: Path) -> bool:
    """Whether the file is there, and its first whole line, where there is one, is such as this module writes."""
    if not lines.is_file() or lines.is_symlink():
        return False
    first = next(_whole_lines(lines), None)
    if first is None:
        return True
    try:
        told = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(told, dict) and told.keys() >= FIELDS


def _whole_lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from (line for line in file if line.endswith(b"\n"))


def _locked(folder: Path) -> int | None:
    """A descriptor that holds the report for this process alone; raises NotAReport where another has it."""
    if fcntl is None:
        return None
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as problem:
        os.close(descriptor)
        raise NotAReport(f"another run is writing to {folder} now; wait for it, or name another folder") from problem
    except OSError:  # a file system without locks
        os.close(descriptor)
        return None
    return descriptor


def put(path: Path, text: str) -> None:
    """Puts a file of the report in its place, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name[:40]}.unfinished")
    unfinished.write_text(text, "utf-8", newline="")
    unfinished.replace(path)
