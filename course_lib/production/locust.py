"""The crowd as the users of a Locust: the same pieces of work in a process of its own, with Locust's statistics.

The course's own processes never import Locust: it exchanges sockets and threads of a whole process, and hangs a kernel.
The process is `locust_child`; it and the run say JSON to each other, a line at a time. There go the depot's books and
the seed, then how the run stands: the port while the desk is open, the loads that are wanted, the end. Each is told
back once it is known there, so that what a restart cuts off is nobody's failure. Back come what the users found, as
their desk hands it over, and the toxic of the courier, who lives here. The other program of the house, which brings
goods and reads the books, is where the users are, so that who sells and who counts are in one process. What the
operator does stays here: the lookups that are measured before and after the new season, and all that is judged.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import threading
from collections import deque
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import IO, Any

from course_lib import course_process
from course_lib.production.clients import PATIENCE_SECONDS, Desk
from course_lib.production.crowd import IsWanted, NobodyCame
from course_lib.production.depot import Depot
from course_lib.production.toxics import Upstream
from course_lib.reports.legible import legible

CHILD = "course_lib.production.locust_child"
ANSWER_SECONDS = 120.0  # for a process that hangs; one that ends is noticed at once
GOODBYE_SECONDS = 20.0
LAST_LINES, LONGEST_LINE = 40, 300


class Locust:
    """The crowd in Locust's process, which is started at once and is ended whatever happens."""

    def __init__(self, desk: Desk, depot: Depot, upstream: Upstream, seed: int, loads: list[int]) -> None:
        self.told = ""
        self._desk, self._upstream, self._loads = desk, upstream, loads
        desk.numbers = itertools.count(1, 2)  # the even ones are Locust's
        self._is_wanted: IsWanted | None = None
        self._standing: dict[str, Any] = {}
        self._known: SimpleQueue[bool] = SimpleQueue()
        self._words, self._writing = deque[str](maxlen=LAST_LINES), threading.Lock()
        try:
            self._process = course_process.start(
                CHILD,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                errors="replace",
                cwd=depot.folder,
            )
        except OSError as problem:
            raise NobodyCame(f"Locust could not be started: {problem}") from problem
        readers = (self._hear, self._process.stdout), (self._words.extend, self._process.stderr)
        self._readers = [threading.Thread(target=read, args=(stream,), daemon=True) for read, stream in readers]
        for reader in self._readers:
            reader.start()
        self._write({"depot": depot.to_plain(), "seed": seed, "loads": loads})

    def come(self) -> None:
        """Returns once Locust has been imported, which takes a few seconds."""
        self._wait("could not be started")

    def begin(self, is_wanted: IsWanted) -> None:
        """Its users come."""
        self._is_wanted = is_wanted
        self.look()

    def look(self) -> None:
        """Tells it how the desk stands, where that has changed."""
        if self._is_wanted is None:
            return
        if self._process.poll() is not None:
            raise self._gone("ended before the run did")
        standing = {
            "begun": self._desk.begun,
            "port": self._desk.port if self._desk.open.is_set() else 0,
            "wanted": [load for load in self._loads if self._is_wanted(load)],
            "stopped": self._desk.stopped.is_set(),
        }
        if standing != self._standing:
            self._standing = standing
            self._write(standing)
            self._wait("ended before the run did")

    def go_home(self) -> None:
        """Waits for its users, for all that they found, and for its summary."""
        self.look()
        self._readers[0].join(PATIENCE_SECONDS + GOODBYE_SECONDS)
        if not self.told:
            raise self._gone("did not come to its end")
        self.disperse()
        self.told = "\n".join([self.told, *self._words])

    def disperse(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.wait()
        for reader in self._readers:
            reader.join(GOODBYE_SECONDS)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            with suppress(OSError):
                stream.close()

    def _write(self, what: dict[str, Any]) -> None:
        with self._writing, suppress(OSError, ValueError):  # that it has gone is noticed where one waits for it
            self._process.stdin.write(json.dumps(what) + "\n")
            self._process.stdin.flush()

    def _hear(self, stream: IO[str]) -> None:
        """Takes what it says until it ends."""
        with suppress(ValueError, OSError):
            for line in stream:
                self._take(json.loads(line))
        self._known.put(False)

    def _take(self, said: dict[str, Any]) -> None:
        match said:
            case {"known": _}:
                self._known.put(True)
            case {"found": found}:
                self._desk.take_in(found)
            case {"toxic": toxic}:
                self._upstream.toxic = toxic
                self._write(said)
            case {"summary": summary}:
                self.told = f"What Locust saw:\n{summary}"

    def _wait(self, otherwise: str) -> None:
        """Returns once what was said last is known there; raises NobodyCame where nobody is there any more."""
        try:
            is_known = self._known.get(timeout=ANSWER_SECONDS)
        except Empty:
            raise self._gone(f"said nothing for {ANSWER_SECONDS:.0f} s") from None
        if not is_known:
            raise self._gone(otherwise)

    def _gone(self, happened: str) -> NobodyCame:
        self.disperse()
        last = next((line.strip() for line in reversed(self._words) if line.strip()), "it left no word")
        return NobodyCame(f"Locust {happened}: {legible(last)[:LONGEST_LINE]}")
