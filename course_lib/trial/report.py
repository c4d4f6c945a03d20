"""The report's folder: what was asked, what was answered and what was judged, kept as it becomes known.

asked.jsonl and judged.jsonl grow by a line at a time; a line that a killed run left unfinished is passed over. A
judgement is found again by the answer's own digest: an answer that has changed is judged anew, and so is every one by
another judge; the same answer is judged once.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course_lib.runner.version import judge_version
from course_lib.trial.answers import Sample
from course_lib.trial.judging import Judged


class NotAReport(Exception):
    """The folder is something else; the message is the sentence to show."""


class Report:
    """A trial's folder; made where it is not there, refused where it holds something else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answers = folder / "answers"
        self._asked = _Lines(folder / "asked.jsonl")
        self._judged = _Lines(folder / "judged.jsonl")
        _claim(folder, self._judged.path)
        self._known = dict(self._known_before())
        self._questions: dict[str, dict[str, Any]] = {}
        for line in self._asked.read():
            with contextlib.suppress(KeyError, TypeError):
                self._questions[str(line["sample"])] = {**line, "request": str(line["request"])}

    def question(self, sample: Sample) -> dict[str, Any] | None:
        """What was asked for this answer, whom, when, and how long it took; None where nobody wrote it down."""
        return self._questions.get(sample.name)

    def note_question(self, sample: Sample, **told: Any) -> None:
        self._questions[sample.name] = told
        self._asked.append({"sample": sample.name, **told})

    def judgement(self, sample: Sample, answer: bytes) -> Judged | None:
        """What this judge has said of this answer before."""
        return self._known.get(_digest(sample, answer))

    def note_judgement(self, sample: Sample, answer: bytes, judged: Judged) -> None:
        """Keeps it; what could not be measured is not kept, and will be tried again."""
        if not judged.unmeasured:
            key = _digest(sample, answer)
            self._known[key] = judged
            self._judged.append({"answer": key, "judge": judge_version(), "sample": sample.name, **judged.to_plain()})

    def write_page(self, text: str) -> None:
        """Puts the page in its place, whole."""
        unfinished = self.folder / ".index.html.unfinished"
        unfinished.write_text(text, "utf-8")
        unfinished.replace(self.folder / "index.html")

    def _known_before(self) -> Iterator[tuple[str, Judged]]:
        for line in self._judged.read():
            with contextlib.suppress(KeyError, TypeError):
                key, judge, _sample = line.pop("answer"), line.pop("judge"), line.pop("sample")
                if judge == judge_version():
                    yield key, Judged.from_plain(line)


class _Lines:
    """A file of one JSON object a line."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Iterator[dict[str, Any]]:
        if not self.path.exists():
            return
        for line in self.path.read_bytes().split(b"\n"):
            with contextlib.suppress(ValueError, RecursionError):
                if isinstance(told := json.loads(line), dict):
                    yield told

    def append(self, told: dict[str, Any]) -> None:
        with self.path.open("a+b", buffering=0) as file:
            file.write((b"" if _ends_with_a_line(file) else b"\n") + json.dumps(told).encode() + b"\n")


def _ends_with_a_line(file: io.FileIO) -> bool:
    if file.tell() == 0:
        return True
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


def _claim(folder: Path, mark: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise NotAReport(f"{folder} is not a folder; name one for the report, it is made where it is not there")
    folder.mkdir(parents=True, exist_ok=True)
    if not mark.exists() and any(folder.iterdir()):
        raise NotAReport(f"{folder} holds something else than a trial's report; name a new or an empty folder")
    mark.touch()


def _digest(sample: Sample, answer: bytes) -> str:
    kind = f"{sample.task}\0{sample.path.suffix.lower()}\0".encode()
    return hashlib.sha256(kind + answer).hexdigest()
