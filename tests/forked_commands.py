"""One command of the course after the other, at the cost of a fork each: its imports are paid for once.

    with ForkedCommands("data_structures", environment) as commands:
        ran = commands.run("check", "06_data_structures", "mine.py")

Each is a process of its own, forked before anything was judged. It holds what `python -m course_lib` and its warm
parent would import for an exercise of that hazard, or for no exercise yet, and no grader. What a command leaves behind
falls to the process that they are forked from, which tells of it and ends it. What this can't show is how a Python
starts that has been given the command.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Ran:
    """What a command said and did; `left` are the processes that outlived it."""

    status: int
    output: str
    errors: str
    left: list[str]


class ForkedCommands:
    """Runs one command at a time. Not for use from several threads at once."""

    def __init__(self, slug: str, environment: Mapping[str, str], course: Path = ROOT) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.forked_commands", slug],
            cwd=course,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, folder: Path | None = None, environment: Mapping[str, str] | None = None) -> Ran:
        """The command's outcome, called in a folder; fails where the process is gone that it was to be forked from.

        What `environment` names is changed for it.
        """
        return self._ran(arguments=arguments, folder=str(folder or ""), environment=dict(environment or {}))

    def run_code(self, code: str) -> Ran:
        """The same of a piece of Python, in the place of a command."""
        return self._ran(code=code, folder="", environment={})

    def _ran(self, **what: object) -> Ran:
        assert self._process.stdin is not None and self._process.stdout is not None
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
            mine = f"/proc/{os.getpid()}/fd"
            request = {**what, "streams": [f"{mine}/{one.fileno()}" for one in (output, errors)]}
            self._process.stdin.write(f"{json.dumps(request)}\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
            assert answer, "the process that commands are forked from has ended"
            told = json.loads(answer)
            return Ran(told["status"], _written(output), _written(errors), told["left"])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()  # its standard input closed, it ends


def _written(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def serve(slug: str) -> None:
    """Forks a command for each line of standard input, and answers once it has ended."""
    from course_lib import cli
    from course_lib.runner import how_far, judge, source  # noqa: F401  # what `check` imports next
    from course_lib.runner.confinement.reaping import adopt_orphans
    from course_lib.runner.warm import preload

    if slug:
        _, trouble = preload(slug)
        assert not trouble, trouble
    else:
        from course_lib.trial import power, running  # noqa: F401  # what `trial` does
    assert adopt_orphans()
    for line in sys.stdin:
        request = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _point_at(request["streams"])
            os.environ.update(request["environment"])
            os.chdir(request["folder"] or ".")
            importlib.invalidate_caches()
            if "code" in request:
                exec(request["code"], {})
                raise SystemExit(0)
            raise SystemExit(cli.main(request["arguments"]))
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        print(json.dumps({"status": status, "left": _left_behind()}), flush=True)


def _point_at(streams: list[str]) -> None:
    """The standard streams of a command: nothing to read, and two files to write to."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, path in enumerate(streams, 1):
        os.dup2(os.open(path, os.O_WRONLY), number)


def _left_behind() -> list[str]:
    """The commands of this process's children that have not ended by themselves; they are ended."""
    while _ended_child():
        pass
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    left = [f"{pid} {Path(f'/proc/{pid}/cmdline').read_bytes()!r}" for pid in children]
    for pid in map(int, children):
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return left


def _ended_child() -> bool:
    try:
        return os.waitpid(-1, os.WNOHANG)[0] != 0
    except ChildProcessError:
        return False


if __name__ == "__main__":
    serve(sys.argv[1])
