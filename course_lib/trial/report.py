"""The report's folder: what was asked, what was answered and what was judged, kept as it becomes known.

asked.jsonl and judged.jsonl grow by a line at a time. A judgement is found again by the answer's own digest: an answer
that has changed is judged anew, and so is every one by another judge; the same answer is judged once.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from course_lib.reports.folder import Kind, claimed, make, put
from course_lib.reports.lines import Lines
from course_lib.runner.version import judge_version
from course_lib.trial.answers import Sample
from course_lib.trial.judging import Judged

TRIAL = Kind("a trial's report", "judged.jsonl", frozenset({"answer", "judge", "sample"}))


class Report:
    """A trial's folder; made where it is not there, refused where it holds something else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answers = folder / "answers"
        self._asked = Lines(folder / "asked.jsonl")
        self._judged = Lines(folder / TRIAL.lines)
        make(folder, TRIAL)
        self._known = dict(self._known_before())
        self._questions: dict[str, dict[str, Any]] = {}
        for _place, line in self._asked.read():
            with contextlib.suppress(AssertionError, KeyError, TypeError):
                assert line is not None
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
        put(self.folder / "index.html", text)

    def way_to(self, sample: Sample) -> str:
        """The answer's file as the page can link to it, from the report's folder."""
        place = sample.path.parent.resolve() / sample.path.name
        try:
            return Path(os.path.relpath(place, self.folder.resolve())).as_posix()
        except ValueError:  # on another drive of Windows
            return place.as_posix()

    def held(self) -> AbstractContextManager[None]:
        """While it lasts no other run writes here; raises NotAReport where one does."""
        return claimed(self.folder, TRIAL)

    def _known_before(self) -> Iterator[tuple[str, Judged]]:
        for _place, line in self._judged.read():
            with contextlib.suppress(AssertionError, KeyError, TypeError):
                assert line is not None
                key, judge, _sample = line.pop("answer"), line.pop("judge"), line.pop("sample")
                if judge == judge_version():
                    yield key, Judged.from_plain(line)


def _digest(sample: Sample, answer: bytes) -> str:
    kind = f"{sample.task}\0{sample.path.suffix.lower()}\0".encode()
    return hashlib.sha256(kind + answer).hexdigest()
