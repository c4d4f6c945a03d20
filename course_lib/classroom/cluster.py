"""The same judgements on a Dask cluster: each handed to a worker there, judged in a process beside it, written once.

A judgement is known by the student, the exercise, its tasks, the digest of the file and the judge's version. Dask
delivers it at least once; the first answer counts. A worker that dies costs no hand-in: what it had is handed out
again, a few times. Nothing of Dask is imported unless a scheduler is named. What it can't see: who else uses the
cluster. Its messages are pickles: whoever reaches the scheduler may run code on every worker.
"""

from __future__ import annotations

import hashlib
import logging
import queue
import re
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from course_lib.classroom.pool import Job
from course_lib.reading import not_judged
from course_lib.runner.version import judge_version

TRIES = 3  # a worker's end is the machine's doing, not the hand-in's
ANSWERS_WITHIN = 20.0  # seconds that the scheduler has, and its first worker
LONGEST_SILENCE = 1000.0  # seconds without any answer, more than one judgement may take
AHEAD = 2  # judgements handed out for each thread of the cluster
_ADDRESS = re.compile(r"(?:(?:tcp|tls|ws|wss|ucx)://)?(?:\[[0-9a-fA-F:.%]+\]|[\w.-]+):[0-9]{1,5}/?")
INSTALL = "python -m pip install -r requirements-cluster.txt -c constraints.txt"


class NoCluster(Exception):
    """There is no cluster to judge on; the message is the sentence to show."""


@dataclass(frozen=True)
class _Handed:
    job: Job
    tried: int


class Cluster:
    """Judges jobs on the workers of a scheduler; to be used once."""

    def __init__(self, jobs: Sequence[Job], address: str, trusted: bool = False) -> None:
        self._waiting = deque(_Handed(job, 1) for job in jobs)
        self._address, self._trusted = address, trusted
        self._out: dict[str, tuple[Any, _Handed]] = {}
        self._done: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def results(self) -> Iterator[tuple[Job, dict[str, Any]]]:
        """Each job with its answer, as soon as it is there; raises NoCluster before the first."""
        if not self._waiting:
            return
        client = connected(self._address)
        try:
            last = time.monotonic()
            while self._waiting or self._out:
                self._hand_out(client)
                for told in self._arrived():
                    last = time.monotonic()
                    yield told
                if time.monotonic() - last > LONGEST_SILENCE:
                    yield from self._given_up()
        finally:
            client.cancel([future for future, _ in self._out.values()], force=True)
            client.close(timeout=5)

    def _hand_out(self, client: Any) -> None:
        from course_lib.classroom.on_worker import judged

        room = AHEAD * max(1, sum(client.nthreads().values())) - len(self._out)
        for _ in range(min(room, len(self._waiting))):
            handed = self._waiting.popleft()
            try:
                files = handed.job.hand_in.content()
            except OSError as problem:
                self._done.put((handed, f"the file can't be read any more: {problem.strerror}"))
                continue
            asked = (
                handed.job.hand_in.lesson.stem,
                handed.job.hand_in.path.name,
                files,
                list(handed.job.tasks),
                self._trusted,
            )
            future = client.submit(judged, *asked, key=_key(handed), pure=False, retries=0)
            self._out[future.key] = future, handed
            future.add_done_callback(self._done.put)

    def _arrived(self) -> Iterator[tuple[Job, dict[str, Any]]]:
        """What has come of one judgement, if any has within a second."""
        try:
            done = self._done.get(timeout=1)
        except queue.Empty:
            return
        if isinstance(done, tuple):
            handed, because = done
            yield handed.job, _unmeasured(handed.job, because)
            return
        _future, handed = self._out.pop(done.key)
        told = _told(done)
        if isinstance(told, dict) and told["judge"] == judge_version():
            yield handed.job, told
        elif isinstance(told, dict):
            because = "a worker of the cluster has another version of the course; bring all to one and grade again"
            yield handed.job, _unmeasured(handed.job, because)
        elif handed.tried < TRIES:
            self._waiting.append(_Handed(handed.job, handed.tried + 1))
        else:
            yield handed.job, _unmeasured(handed.job, f"the cluster lost it {TRIES} times, the last time since {told}")

    def _given_up(self) -> Iterator[tuple[Job, dict[str, Any]]]:
        left = [*(handed.job for _, handed in self._out.values()), *(handed.job for handed in self._waiting)]
        self._waiting.clear()
        self._out.clear()
        for job in left:
            yield job, _unmeasured(job, f"no answer came from the cluster for {LONGEST_SILENCE:.0f} seconds")


def connected(address: str) -> Any:
    """A client of the scheduler that has a worker at least; raises NoCluster."""
    try:
        import distributed
    except ImportError as problem:
        raise NoCluster(f"--scheduler needs Dask, and it is not installed: {INSTALL}") from problem
    if not _ADDRESS.fullmatch(address):  # Dask would look for it for a while, and end with errors of its own
        raise NoCluster(
            f"no Dask scheduler answers at {address}: an address is like tcp://127.0.0.1:8786, with its port"
        )
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # a worker's end is told in the report
    try:
        connect: Any = distributed.Client  # typed in part
        client = connect(address, timeout=ANSWERS_WITHIN, set_as_default=False)
    except (OSError, ValueError, TypeError) as problem:
        raise NoCluster(f"no Dask scheduler answers at {address}; see the README for the commands") from problem
    try:
        client.wait_for_workers(1, timeout=ANSWERS_WITHIN)
    except TimeoutError as problem:
        client.close()
        raise NoCluster(f"the scheduler at {address} has no worker; see the README for the commands") from problem
    return client


def _key(handed: _Handed) -> str:
    """By what a judgement is known; another try has another key, since Dask keeps to itself what came of the first."""
    one = handed.job.hand_in
    known = "\0".join((one.student, one.lesson.stem, *handed.job.tasks, one.digest, judge_version()))
    return (
        f"grade-{one.lesson.stem}-{hashlib.sha256(known.encode('utf-8', 'surrogatepass')).hexdigest()}-{handed.tried}"
    )


def _told(future: Any) -> dict[str, Any] | str:
    """The worker's answer, or why there is none."""
    if future.status != "finished":
        return "its worker ended" if future.status == "error" else f"it was {future.status}"
    try:
        told: dict[str, Any] = future.result(timeout=ANSWERS_WITHIN)
    except Exception as problem:  # noqa: BLE001  # whatever Dask raises, the hand-in is handed out again
        return f"its answer was lost ({type(problem).__name__})"
    return told


def _unmeasured(job: Job, because: str) -> dict[str, Any]:
    verdict = not_judged(job.hand_in.lesson.stem, job.tasks, "unmeasured", because)
    return {"verdict": verdict.to_plain(), "structures": {}}
