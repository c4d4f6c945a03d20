"""The running service as its operator has it: a process to start, to watch from outside and to end, and its log."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psutil

from course_lib.reports.legible import legible

START_SECONDS, GOODBYE_SECONDS = 30.0, 4.0
MEBI = 1 << 20
LONGEST_PROBLEM = 400  # letters
MOST_STATEMENTS = 12  # a request's, as the README has it
_ROOT = Path(__file__).resolve().parents[2]
_REQUEST = re.compile(r"production: request (\d+) (\S+) (\S+) (\d{3}) (\d+) statements (\d+) ms$")


class NotStarted(Exception):
    """The folder's service could not be started; the message is the sentence to show."""


@dataclass(frozen=True)
class Logged:
    """One request as the service's log has it; `at` is the line's index."""

    at: int
    method: str
    path: str
    status: int
    statements: int


class Log:
    """Every line that the services of one run have said, with the second of the run at which it was read."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.lines: list[tuple[float, str]] = []
        self.requests: dict[int, Logged] = {}
        self.most_statements = 0
        """The most that a GET made since this was last set to 0."""
        self.crowded: int | None = None
        """The first GET that made more statements than the README allows, by its number."""
        self._lock = threading.Lock()

    def read(self, stream: IO[str]) -> None:
        """Keeps a process's lines until it ends."""
        with stream, suppress(ValueError, OSError):
            for line in stream:
                self.add(line.rstrip("\n"))

    def add(self, line: str) -> None:
        """Keeps one line."""
        with self._lock:
            self.lines.append((time.monotonic() - self.begun, line))
            found = _REQUEST.search(line)
            if found:
                number, method, path, status, statements, _ = found.groups()
                at = len(self.lines) - 1
                self.requests[int(number)] = Logged(at, method, path, int(status), int(statements))
                if method == "GET":
                    self.most_statements = max(self.most_statements, int(statements))
                    if self.crowded is None and int(statements) > MOST_STATEMENTS:
                        self.crowded = int(number)

    def up_to(self, at: int, count: int = 30) -> list[str]:
        """So many lines up to that one; where there were not so many yet, a few that came after it."""
        return [line for _, line in self.lines[max(0, at + 1 - count) : max(at + 1, count)]]

    def at(self, second: float) -> int:
        """The newest line up to that second."""
        with self._lock:
            return max((at for at, (when, _) in enumerate(self.lines) if when <= second), default=0)


class Service:
    """One process of the service, from its start to its end."""

    def __init__(self, folder: Path, settings: Mapping[str, Any], descriptors: int, log: Log) -> None:
        path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")]))
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "course_lib.production.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            cwd=settings["reports"],
            env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"},
            start_new_session=True,
        )
        assert self._process.stdin and self._process.stdout and self._process.stderr
        self._reader = threading.Thread(target=log.read, args=(self._process.stderr,), daemon=True)
        self._reader.start()
        try:
            order = {"folder": str(folder.resolve()), "settings": dict(settings), "descriptors": descriptors}
            self.port = self._ordered(order)
            self._seen = psutil.Process(self._process.pid)
            self.memory_at_first = self.memory()
        except BaseException:
            self.kill()
            raise

    def _ordered(self, order: dict[str, Any]) -> int:
        """Hands over the order; the port on which the service then listens."""
        assert self._process.stdin and self._process.stdout
        watch = threading.Timer(START_SECONDS, self._process.kill)
        watch.start()
        try:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except OSError:
            line = ""
        finally:
            watch.cancel()
        told = json.loads(line) if line else {"problem": "it ended, or did not come back, before it served anything"}
        if "port" not in told:
            words = legible(" ".join(told["problem"].split()))
            shown = words if len(words) <= LONGEST_PROBLEM else f"{words[:LONGEST_PROBLEM]} …"
            raise NotStarted(f"the service in {legible(order['folder'])} could not be started: {shown}")
        return int(told["port"])

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def memory(self) -> float:
        """Resident memory in MiB; 0 once it has gone."""
        with suppress(psutil.Error):
            return float(self._seen.memory_info().rss) / MEBI
        return 0.0

    def descriptors(self) -> int | None:
        """How many descriptors are open, None where the system does not tell."""
        with suppress(psutil.Error, AttributeError):
            return int(self._seen.num_fds())
        return None

    def cpu_seconds(self) -> float:
        """What the processor has spent on it so far."""
        with suppress(psutil.Error):
            spent = self._seen.cpu_times()
            return float(spent.user + spent.system)
        return 0.0

    def stop(self) -> None:
        """Ends it in order, and by force where it does not end."""
        with suppress(OSError, ValueError):
            assert self._process.stdin
            self._process.stdin.write("close\n")
            self._process.stdin.flush()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(GOODBYE_SECONDS)
        self.kill()

    def kill(self) -> None:
        """Ends it as a platform does that has run out of patience."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                assert stream
                stream.close()
        self._reader.join(GOODBYE_SECONDS)
