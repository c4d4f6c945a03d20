"""What a worker of a Dask cluster does: hands a file to a judging process beside it, and its answer back.

A hand-in never runs inside the worker: the judging process is a child of it, and what is judged a child of that. Each
thread of the worker keeps one for as long as it is used, and the process ends by itself when it was idle for a while,
or when its worker has died. A judgement that takes long leaves its slot to others, as in a class judged on one machine.
"""

from __future__ import annotations

import contextlib
import json
import selectors
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course_lib import course_process
from course_lib.classroom.pool import LONG, LONGEST
from course_lib.reading import not_judged
from course_lib.runner.confinement.level import lacking
from course_lib.runner.confinement.scratch import scratch_folder
from course_lib.runner.version import judge_version

IDLE = 60  # seconds after which a judging process that nobody asks ends by itself

_own = threading.local()
_away: list[threading.Thread] = []  # threads that have left their slots


def judged(exercise: str, name: str, files: dict[str, bytes], tasks: list[str], trusted: bool) -> dict[str, Any]:
    """The verdict on one hand-in, the structure of its answers, and which judge it was.

    A hand-in is a file of that name or a folder, and `files` what it holds by their paths in it, "" for the file.
    What is not `trusted` is not run where strangers' code can't be held.
    """
    if not trusted and (missing := lacking()):
        return _unmeasured(exercise, tasks, f"a worker of the cluster can't hold strangers' code ({missing})")
    with scratch_folder() as folder:  # where the worker is killed, the next one removes it
        path = Path(folder, name)
        for within, content in files.items():
            (path / within).parent.mkdir(parents=True, exist_ok=True)
            (path / within).write_bytes(content)
        told = _asked(json.dumps({"exercise": exercise, "path": str(path), "tasks": tasks}).encode("ascii") + b"\n")
    if told is None:
        because = f"the judge's own process ended, or was not done after {LONGEST:.0f} seconds"
        return _unmeasured(exercise, tasks, because)
    return {**told, "judge": judge_version()}


def _unmeasured(exercise: str, tasks: list[str], because: str) -> dict[str, Any]:
    verdict = not_judged(exercise, tasks, "unmeasured", because)
    return {"verdict": verdict.to_plain(), "structures": {}, "judge": judge_version()}


def _asked(request: bytes) -> dict[str, Any] | None:
    """The judging process's answer; one that has died is replaced, once."""
    for _ in range(2):
        process = _process()
        with contextlib.suppress(OSError, ValueError):
            process.stdin.write(request)
            process.stdin.flush()
            if line := _line(process):
                told: dict[str, Any] = json.loads(line)
                return told
        late = process.poll() is None
        _end(process)
        if late:
            return None
    return None


def _line(process: subprocess.Popen[bytes]) -> bytes:
    """Its next line; nothing where it ends, or takes too long."""
    assert process.stdout is not None
    with _patience() as patience, selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        return process.stdout.readline() if any(selector.select(seconds) for seconds in patience) else b""


@contextlib.contextmanager
def _patience() -> Iterator[Iterator[float]]:
    """Seconds to wait, and, the thread having left its slot to others, to wait on."""

    def seconds() -> Iterator[float]:
        yield LONG
        _leave_slot()
        yield LONGEST - LONG

    try:
        yield seconds()
    finally:
        with contextlib.suppress(ValueError):
            _away.remove(threading.current_thread())


def _leave_slot() -> None:
    """Lets the worker begin another judgement; as many as it has slots may be away at once."""
    from distributed import get_worker, secede

    with contextlib.suppress(ValueError):  # no worker: somebody tries this by hand
        if len(_away) < get_worker().state.nthreads:
            _away.append(threading.current_thread())
            secede()  # type: ignore[no-untyped-call]  # typed in part


def _process() -> Any:
    process = getattr(_own, "process", None)
    if process is None or process.poll() is not None:
        process = _own.process = course_process.start(
            "course_lib.classroom.worker", str(IDLE), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        assert stream is not None
        with contextlib.suppress(OSError):
            stream.close()
    _own.process = None
