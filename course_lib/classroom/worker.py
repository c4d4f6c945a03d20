"""One worker of a class: a process that judges one hand-in after the other, as it is told on standard input.

One JSON request a line in, one answer a line out. It holds one warm parent, that of the exercise it is at. Where
standard input ends while it judges, whoever asked is gone: it ends as it would for a signal, its children reaped and
its scratch folder removed.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from course_lib.classroom.structure import structures
from course_lib.reading import not_judged
from course_lib.reports.legible import legible
from course_lib.runner.chosen import parent_of
from course_lib.runner.confinement.scratch import scratch_folder
from course_lib.runner.judge import judge
from course_lib.runner.parent import Parent, ParentLost
from course_lib.runner.signals import leaving_cleanly
from course_lib.runner.source import UnreadableSubmission, read_submission
from course_lib.syllabus import Lesson, find_lesson


class _Bench:
    """The warm parent in use, and another in its place when the exercise changes."""

    def __init__(self, writable: str) -> None:
        self._parent: Parent | None = None
        self._slug, self._writable = "", writable

    def parent_for(self, lesson: Lesson) -> Parent:
        if self._parent is None or self._slug != lesson.slug:
            self.close()
            self._parent, self._slug = parent_of(lesson.slug, writable=self._writable), lesson.slug
        return self._parent

    def close(self) -> None:
        if self._parent is not None:
            self._parent.close()
            self._parent = None


def answer(request: dict[str, Any], bench: _Bench) -> dict[str, Any]:
    """The verdict on one hand-in and the structure of its answers."""
    lesson = find_lesson(request["exercise"])
    assert lesson is not None, "the one who asks knows the syllabus"
    path, tasks = Path(request["path"]), request["tasks"]
    try:
        submission = read_submission(path, lesson.entry)
        verdict = judge(lesson, submission, bench.parent_for(lesson), tasks)
    except UnreadableSubmission as problem:
        because = legible(str(problem).replace(str(path), path.name))
        return {"verdict": not_judged(lesson.stem, tasks, "error", because).to_plain(), "structures": {}}
    except ParentLost as problem:
        bench.close()
        return {"verdict": not_judged(lesson.stem, tasks, "unmeasured", str(problem)).to_plain(), "structures": {}}
    return {"verdict": verdict.to_plain(), "structures": structures(submission, tasks)}


def _read_requests(requests: queue.SimpleQueue[str | None], busy: threading.Event) -> None:
    for line in sys.stdin:
        requests.put(line)
    requests.put(None)
    if busy.is_set():
        os.kill(os.getpid(), signal.SIGTERM)


def _next(requests: queue.SimpleQueue[str | None], idle: float | None) -> str | None:
    try:
        return requests.get(timeout=idle)
    except queue.Empty:
        return None


def main(idle: float | None = None) -> None:
    """Serves until standard input ends, or nothing was asked for so many seconds."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked is told as well, and closes standard input
    requests: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    busy = threading.Event()
    with leaving_cleanly(), scratch_folder() as workshop, contextlib.closing(_Bench(workshop)) as bench:
        tempfile.tempdir = workshop  # a box holds this folder and no other that can be written to
        threading.Thread(target=_read_requests, args=(requests, busy), daemon=True).start()
        while (line := _next(requests, idle)) is not None:
            busy.set()
            told = json.dumps(answer(json.loads(line), bench))
            busy.clear()
            sys.stdout.write(f"{told}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
