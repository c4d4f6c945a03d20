"""The workers of a class: each a process, all judging at once, none holding up the others.

As many quick judgements run at once as there are slots. One that takes long (it loops, or is silent) goes on in a slot
of its own and another worker takes its place. A worker that dies is replaced and its hand-in judged again, once: one
that ends its worker twice could not be measured.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import subprocess
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from course_lib import course_process
from course_lib.classroom.finding import HandIn
from course_lib.reading import not_judged
from course_lib.runner.machine import free_memory
from course_lib.runner.parent import ParentLost

EACH = 1200 << 20  # bytes that a worker, its warm parent and what it judges may have together
LONG = 6.0  # seconds after which a judgement has a slot of its own
LONGEST = 900.0  # seconds after which a worker is given up: the judge's own bounds lie far below
AT_ITS_END = 10.0  # seconds that a worker has to reap its children


@dataclass(frozen=True)
class Job:
    """The tasks of one hand-in that are to be judged."""

    hand_in: HandIn
    tasks: tuple[str, ...]


@dataclass
class _Worker:
    process: subprocess.Popen[bytes]
    job: Job | None = None
    begun: float = 0.0
    slug: str = ""
    heard: bytearray = field(default_factory=bytearray)

    def give(self, job: Job) -> None:
        """Hands it a job; a worker that has died is noticed when it is listened to."""
        self.job, self.begun, self.slug = job, time.monotonic(), job.hand_in.lesson.slug
        request = {"exercise": job.hand_in.lesson.stem, "path": str(job.hand_in.path.absolute()), "tasks": job.tasks}
        assert self.process.stdin is not None
        with contextlib.suppress(OSError):
            self.process.stdin.write(json.dumps(request).encode("ascii") + b"\n")
            self.process.stdin.flush()

    def listen(self) -> dict[str, Any] | None:
        """Its answer, None while there is none; raises EOFError where it has died."""
        assert self.process.stdout is not None
        part = os.read(self.process.stdout.fileno(), 1 << 16)
        if not part:
            raise EOFError
        self.heard += part
        if not self.heard.endswith(b"\n"):
            return None
        told: dict[str, Any] = json.loads(self.heard)
        self.heard.clear()
        return told


class Pool:
    """Judges jobs on so many slots; to be used once."""

    def __init__(self, jobs: Iterable[Job], slots: int) -> None:
        self._waiting: dict[str, deque[Job]] = {}
        for job in jobs:
            self._waiting.setdefault(job.hand_in.lesson.slug, deque()).append(job)
        self._slots, self._tried_again = slots, set[tuple[str, str]]()
        self._room = max(1, free_memory() // EACH)
        self._workers: list[_Worker] = []
        self._selector = selectors.DefaultSelector()

    def results(self) -> Iterator[tuple[Job, dict[str, Any]]]:
        """Each job with its answer, as soon as it is there."""
        try:
            self._employ()
            while any(worker.job for worker in self._workers):
                ready = [key.data for key, _ in self._selector.select(timeout=0.5)]
                for worker in ready:
                    yield from self._heard(worker)
                yield from self._given_up()
                self._employ()
        finally:
            self._close()

    def _heard(self, worker: _Worker) -> Iterator[tuple[Job, dict[str, Any]]]:
        try:
            told = worker.listen()
        except (EOFError, OSError, ValueError):
            yield from self._lost(worker, "the judge's own process ended, and the one in its place as well")
            return
        if told is not None and worker.job is not None:
            job, worker.job = worker.job, None
            yield job, told

    def _given_up(self) -> Iterator[tuple[Job, dict[str, Any]]]:
        for worker in list(self._workers):
            if worker.job is not None and time.monotonic() - worker.begun > LONGEST:
                yield from self._lost(worker, f"the judge was not done after {LONGEST:.0f} seconds", again=False)

    def _lost(self, worker: _Worker, because: str, again: bool = True) -> Iterator[tuple[Job, dict[str, Any]]]:
        """Takes the worker off; its job is done again, or could not be measured."""
        self._dismiss(worker)
        job = worker.job
        if job is None:
            return
        if again and job.hand_in.key not in self._tried_again:
            self._tried_again.add(job.hand_in.key)
            self._waiting.setdefault(job.hand_in.lesson.slug, deque()).appendleft(job)
            return
        verdict = not_judged(job.hand_in.lesson.stem, job.tasks, "unmeasured", because)
        yield job, {"verdict": verdict.to_plain(), "structures": {}}

    def _employ(self) -> None:
        """Gives every free slot something to do; raises ParentLost where no worker can be had at all."""
        now = time.monotonic()
        while any(self._waiting.values()):
            quick = sum(worker.job is not None and now - worker.begun < LONG for worker in self._workers)
            if quick >= self._slots:
                return
            worker = next((one for one in self._workers if one.job is None), None) or self._hired()
            if worker is None:
                return
            worker.give(self._next_for(worker))

    def _hired(self) -> _Worker | None:
        """One more worker, None where there are enough: twice as many as slots, or as the memory has room for."""
        if len(self._workers) >= min(2 * self._slots, self._room):
            return None
        try:
            process = _started()
        except OSError as problem:
            if self._workers:
                return None  # those that there are go on
            raise ParentLost(f"no process could be started: {problem.strerror}") from problem
        worker = _Worker(process)
        assert process.stdout is not None
        self._selector.register(process.stdout, selectors.EVENT_READ, worker)
        self._workers.append(worker)
        return worker

    def _next_for(self, worker: _Worker) -> Job:
        """A job of the exercise that it is at, else of the one of which most are left."""
        waiting = self._waiting.get(worker.slug) or max(self._waiting.values(), key=len)
        return waiting.popleft()

    def _dismiss(self, worker: _Worker) -> None:
        process = worker.process
        assert process.stdin is not None and process.stdout is not None
        self._workers.remove(worker)
        self._selector.unregister(process.stdout)
        process.kill()
        _finished(process)

    def _close(self) -> None:
        for worker in self._workers:
            assert worker.process.stdin is not None
            with contextlib.suppress(OSError):
                worker.process.stdin.close()  # it ends by itself, and cleans up
        for worker in self._workers:
            _finished(worker.process)
        self._workers.clear()
        self._selector.close()


def _started() -> subprocess.Popen[bytes]:
    process: subprocess.Popen[bytes] = course_process.start(
        "course_lib.classroom.worker", stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    return process


def _finished(process: subprocess.Popen[bytes]) -> None:
    """Waits for its end, and brings it about where it does not come."""
    try:
        process.wait(AT_ITS_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    finally:
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
