"""The clients of a run: real connections, each answer with its number and its second, and what was wrong in it."""

from __future__ import annotations

import http.client
import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

PATIENCE_SECONDS = 8.0
NO_ANSWER = 0


@dataclass(frozen=True)
class Answer:
    """What came back to one request: status 0 where nothing did."""

    number: int
    second: float
    status: int
    body: bytes

    @property
    def plain(self) -> Any:
        """The JSON in it, or None where there is none."""
        with suppress(ValueError):
            return json.loads(self.body)
        return None


@dataclass(frozen=True)
class Wrong:
    """Something that the service promised and did not do, seen by a client in this answer."""

    incident: int
    number: int
    second: float
    says: str


@dataclass
class Counts:
    """What the clients got so far."""

    requests: int = 0
    failures: int = 0
    wrong: int = 0
    refused: int = 0
    served: int = 0
    good: dict[int, int] = field(default_factory=dict)
    """Answers that were as promised, by load."""


class Desk:
    """Where all clients of a run ask: it knows the port of the moment, counts, and keeps what was wrong."""

    def __init__(self) -> None:
        self.port = 0
        self.open = threading.Event()
        """Set while the service is there; clients wait while it is being started again."""
        self.stopped = threading.Event()
        self.counts, self.problems, self.failures = Counts(), list[Wrong](), list[Wrong]()
        self.begun = time.monotonic()
        self.numbers: Iterator[int] = itertools.count(1)
        """The requests' own, one after the other."""
        self._lock = threading.Lock()
        self._local, self._connections = threading.local(), dict[int, http.client.HTTPConnection]()

    def now(self) -> float:
        return time.monotonic() - self.begun

    def ask(
        self, method: str, path: str, token: str = "", body: Any = None, load: int = 0, promised_502: bool = False
    ) -> Answer:
        """One request, and what came back; while the service is being started again, no answer is no failure."""
        number, port, begun = next(self.numbers), self.port, time.perf_counter()
        headers = {"X-Request-ID": str(number)} | ({"Authorization": f"Bearer {token}"} if token else {})
        sent = None if body is None else json.dumps(body).encode()
        status, got = self._exchange(method, path, sent, headers)
        seconds = time.perf_counter() - begun
        answer = Answer(number, self.now(), status, got)
        was_open = self.port == port and self.open.is_set() and not self.stopped.is_set()
        failed = (status == NO_ANSWER or status >= 500) and not (status == 502 and promised_502)
        with self._lock:
            self.counts.requests += 1
            self.counts.failures += failed and was_open
        if failed and was_open:
            says = f"was answered with {status}" if status else "was not answered"
            with self._lock:
                self.failures.append(Wrong(load, answer.number, answer.second, f"{method} {path[:60]} {says}"))
        self._local.last = answer
        self.noted(method, path, answer, seconds, failed and was_open)
        return answer

    def noted(self, method: str, path: str, answer: Answer, seconds: float, is_failure: bool) -> None:
        """Told of each request, once it was answered or not: for whoever keeps statistics of their own."""

    def _exchange(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, bytes]:
        """Status and body; a connection that was kept and has gone is opened once more."""
        for kept in (True, False):
            connection = self._connection(kept)
            fresh = connection.sock is None
            try:
                connection.request(method, path, body, headers)
                response = connection.getresponse()
                return response.status, response.read()
            except (OSError, http.client.HTTPException):
                connection.close()
                if fresh:
                    break
        return NO_ANSWER, b""

    def _connection(self, kept: bool) -> http.client.HTTPConnection:
        """This thread's connection to the service of the moment."""
        connection: http.client.HTTPConnection | None = getattr(self._local, "connection", None)
        if not kept or connection is None or connection.port != self.port:
            if connection is not None:
                connection.close()
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
            self._local.connection = self._connections[threading.get_ident()] = connection
        return connection

    def hang_up(self) -> None:
        """Closes every connection, once nobody asks any more."""
        for connection in self._connections.values():
            connection.close()

    def misshapen(self, load: int, error: Exception) -> None:
        """This thread's last answer had another shape than was promised."""
        self.wrong(load, self._local.last, f"an answer of another shape than was promised: {error!r}"[:200])

    def wrong(self, load: int, answer: Answer, says: str) -> None:
        """Keeps what was wrong in an answer."""
        with self._lock:
            self.counts.wrong += 1
            self.problems.append(Wrong(load, answer.number, answer.second, says))

    def good(self, load: int) -> None:
        """An answer to that load was as promised."""
        with self._lock:
            self.counts.good[load] = self.counts.good.get(load, 0) + 1

    def stranger(self, load: int, answer: Answer, was_served: bool, says: str) -> None:
        """Somebody asked for what is not theirs."""
        with self._lock:
            self.counts.served += was_served
            self.counts.refused += not was_served
        if was_served:
            self.wrong(load, answer, says)
        else:
            self.good(load)

    def handed_over(self) -> dict[str, Any]:
        """What was counted and kept since this was last asked, as plain data; the desk begins anew."""
        with self._lock:
            counts, problems, failures = self.counts, self.problems, self.failures
            self.counts, self.problems, self.failures = Counts(), [], []
        return {
            "counts": asdict(counts),
            "problems": [asdict(one) for one in problems],
            "failures": [asdict(one) for one in failures],
        }

    def take_in(self, told: Mapping[str, Any]) -> None:
        """Adds what another desk of the same run has handed over."""
        more = dict(told["counts"])
        good = more.pop("good")
        with self._lock:
            for name, count in more.items():
                setattr(self.counts, name, getattr(self.counts, name) + count)
            for load, count in good.items():  # JSON has made a text of the number
                self.counts.good[int(load)] = self.counts.good.get(int(load), 0) + count
            self.problems += [Wrong(**one) for one in told["problems"]]
            self.failures += [Wrong(**one) for one in told["failures"]]


def turn(desk: Desk, load: int, work: Callable[[], None]) -> None:
    """One turn of a client: its piece of work, where the service is there."""
    if desk.open.wait(0.2):
        try:
            work()
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            desk.misshapen(load, error)
