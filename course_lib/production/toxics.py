"""The upstream as Toxiproxy would have it: one address, and toxics that come and go while the service runs.

The names are Toxiproxy's, so that what is learnt here can be said there: latency, timeout, reset_peer, limit_data,
slow_close, slicer, down. Each is played by the course's own hostile server, over real sockets.
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Any, Protocol, Self

from course_lib.testbeds.hostile_api import REFUSED, ROOT, HostileAPI
from course_lib.testbeds.hostile_faults import FAULTS, Fault
from course_lib.testbeds.hostile_reply import Reply

DISTANCE_SECONDS = 0.02  # no upstream answers at once
LATENCY_SECONDS, SILENT_SECONDS, SLOW_CLOSE_SECONDS = 0.3, 4.0, 0.5
FOR_EVER = 10**9


def _latency(reply: Reply) -> None:
    reply.wait(LATENCY_SECONDS)
    reply.answer(200, reply.body)


def _timeout(reply: Reply) -> None:
    reply.wait(SILENT_SECONDS)
    reply.close()


def _limit_data(reply: Reply) -> None:
    reply.close()
    reply.send(reply.head(200, length=len(reply.body)) + reply.begin)


def _slow_close(reply: Reply) -> None:
    reply.close()
    reply.send(reply.head(200, length=len(reply.body)) + reply.body)
    reply.wait(SLOW_CLOSE_SECONDS)


def _slicer(reply: Reply) -> None:
    for byte in reply.head(200, length=len(reply.body)) + reply.body:
        reply.send(bytes([byte]))


TOXICS: dict[str, Callable[[Reply], None]] = {
    "latency": _latency,
    "timeout": _timeout,
    "reset_peer": lambda reply: reply.reset(),
    "limit_data": _limit_data,
    "slow_close": _slow_close,
    "slicer": _slicer,
    "down": lambda reply: reply.close(),
    "error": lambda reply: reply.answer(503, b'{"error": "maintenance"}'),
}
"""Toxiproxy's, and `error`: a proxy can't make one up, a broken upstream can."""

HARMLESS = frozenset(["latency", "slow_close", "slicer"])
"""With these the upstream gives its right answer all the same."""


class Suffering(Protocol):
    """What a load knows of the upstream: the name of its toxic, which it sets."""

    toxic: str


class Upstream:
    """The running upstream; `toxic` names what it suffers from at the moment, empty where it is well."""

    def __init__(self, good: Callable[[str], Any]) -> None:
        self.toxic = ""
        well = FAULTS[ROOT]
        playing = Fault(ROOT, "either", "what the toxic of the moment does", self._play)
        self._api = HostileAPI(good, faults={ROOT: playing, REFUSED: well}, patience=FOR_EVER)

    def _play(self, reply: Reply) -> None:
        toxic = self.toxic
        reply.wait(DISTANCE_SECONDS)
        TOXICS[toxic](reply) if toxic else reply.answer(200, reply.body)

    @property
    def url(self) -> str:
        """Its base address, without a slash at its end."""
        return self._api.url(ROOT)

    def asked(self) -> int:
        """How many requests have reached it."""
        return len(self._api.asked(ROOT))

    def __enter__(self) -> Self:
        self._api.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._api.stop()
