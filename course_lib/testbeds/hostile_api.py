"""A real HTTP server on loopback that misbehaves on purpose: one way of misbehaving for each base address.

    with HostileAPI() as api:
        requests.get(api.url("cut JSON") + "/users/7", timeout=1)    # the address chooses the fault
        api.asked("cut JSON")                                        # what the client sent: method and target

It speaks through raw sockets, so that it can also do what no web framework does: reset the connection in the middle of
a header, declare more than it sends, fall silent. Every fault is answered from one port, any number of times and to any
number of clients at once; only "refused" has a port of its own, where nobody listens. No silence lasts for ever: after
`silence` seconds the good answer comes after all, so that a client which would wait for ever is known by what it gives
back; and after `patience` requests a fault gives in, so that a client which would ask for ever ends too.

What each fault does is in `hostile_faults.py`. Standard library only; no machine but this one can reach it. What it
can't see: what a client does with an answer; and no fault below HTTP's connection, such as a lost packet.
"""

from __future__ import annotations

import secrets
import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from course_lib.testbeds.hostile_faults import FAULTS, HOP, Fault
from course_lib.testbeds.hostile_reply import Reply, Request, hang_up, read_request

PATIENCE = 1000
RING_SECONDS, GOODBYE_SECONDS = 8.0, 5.0
ROOT, REFUSED = "good at the root", "refused"


@dataclass(frozen=True)
class Asked:
    """One request as it arrived; `target` is what was asked for below the base address."""

    method: str
    target: str


def profile(target: str) -> dict[str, Any]:
    """The good answer to `/users/<id>`: a small user profile with that id."""
    last = target.partition("?")[0].rpartition("/")[2]
    number = int(last) if last.lstrip("-").isdecimal() else 0
    return {"id": number, "name": f"Zoë {number}", "active": True, "team": None, "roles": ["reader"]}


class HostileAPI:
    """The running server: a context manager, or `start` and `stop`.

    `good` gives the right answer to a path: any JSON will do. `silence` is how long a silent fault says nothing,
    `pause` how long a merely slow one does, in seconds. `opaque` puts random words into the addresses instead of the
    faults' names.
    `patience` is how many requests a fault stands before it gives the good answer.
    """

    def __init__(
        self,
        good: Callable[[str], Any] = profile,
        *,
        silence: float = 1.5,
        pause: float = 0.5,
        faults: Mapping[str, Fault] = FAULTS,
        opaque: bool = False,
        patience: int = PATIENCE,
    ) -> None:
        self.good, self.silence, self.pause, self.faults = good, silence, pause, dict(faults)
        self.patience = patience
        self._word = {name: f"{secrets.token_hex(4)}Q" if opaque else _in_address(name) for name in self.faults}
        self._name = {word: name for name, word in self._word.items()}
        self._asked: dict[str, list[Asked]] = {name: [] for name in self.faults}
        self._trouble: dict[str, str] = {}
        self._changed = threading.Condition()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._stopping = False

    def start(self) -> Self:
        """Begins to listen and to answer; raises OSError where no port can be had."""
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=256)
        self._refusing = socket.socket()
        self._refusing.bind(("127.0.0.1", 0))  # bound but never listening: every connection is refused
        self._in_thread(self._accept)
        return self

    def stop(self) -> None:
        """Closes every connection and ends every thread of the server."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
            sockets = [self._listening, *self._open]
        for one in sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._refusing.close()
        while self._threads:
            self._threads.pop().join(GOODBYE_SECONDS)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def ports(self) -> tuple[int, int]:
        """The ports that a client needs to reach: the server's, and the one that refuses."""
        return int(self._listening.getsockname()[1]), int(self._refusing.getsockname()[1])

    def url(self, fault: str) -> str:
        """The base address of a fault, without a slash at its end."""
        path = "" if fault == ROOT else f"/{self._word[fault]}"
        return f"http://127.0.0.1:{self.ports[fault == REFUSED]}{path}"

    def doorbell(self, fault: str) -> str:
        """A path that is answered with 204 as soon as the fault has been asked for, with 404 if it never is."""
        return f"/-/{self._word[fault]}"

    def trouble(self, fault: str) -> str:
        """Why `good` had no answer when this fault was asked for, or nothing."""
        return self._trouble.get(fault, "")

    def expected(self, fault: str, target: str) -> Any:
        """The right answer that a fault which promises data gives to a path."""
        return self.faults[fault].shape(self.good(target))

    def asked(self, fault: str) -> list[Asked]:
        """The requests that have arrived for a fault so far, oldest first."""
        with self._changed:
            return list(self._asked[fault])

    def _in_thread(self, target: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True, name="hostile API")
        with self._changed:  # two threads begin others: without the lock one of the two lists is lost
            thread.start()
            self._threads = [one for one in self._threads if one.is_alive()] + [thread]

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self._in_thread(self._converse, connection)

    def _converse(self, connection: socket.socket) -> None:
        """Answers one request after the other for as long as both sides keep the connection."""
        with self._changed:
            self._open.add(connection)
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while not self._stopping and (request := read_request(connection)) and not self._reply(connection, request):
                pass
            hang_up(connection)
        except OSError:
            pass  # the client left in the middle, as clients may
        finally:
            with self._changed:
                self._open.discard(connection)
                connection.close()

    def _reply(self, connection: socket.socket, request: Request) -> bool:
        """Answers one request; whether the connection is over."""
        word, rest = _split(request.target)
        if word == "-":
            return self._ring(connection, request, rest.strip("/"))
        name = self._name.get(word, ROOT)
        target = request.target if name == ROOT else rest
        with self._changed:
            self._asked[name].append(Asked(request.method, target))
            count = len(self._asked[name])
            self._changed.notify_all()
        try:
            reply = Reply(connection, request, self.expected(name, target.partition(HOP)[0]))
        except Exception as error:  # noqa: BLE001  # `good` is the reader's: what it raises is no fault of the client
            self._trouble[name] = f"{type(error).__name__}: {error} for {target}"
            Reply(connection, request, {}).answer(500, b"")
            return False
        reply.count, reply.silence, reply.pause = count, self.silence, self.pause
        if count > self.patience:
            reply.answer(200, reply.body)
        else:
            self.faults[name].play(reply)
        return reply.over

    def _ring(self, connection: socket.socket, request: Request, word: str) -> bool:
        asked = self._asked[self._name[word]]
        with self._changed:
            self._changed.wait_for(lambda: self._stopping or asked, timeout=RING_SECONDS)
        reply = Reply(connection, request, {})
        reply.answer(204 if asked else 404, b"")
        return reply.over


def _in_address(name: str) -> str:
    """The name as one word of a path."""
    return "-".join("".join(letter if letter.isalnum() else " " for letter in name).split())


def _split(target: str) -> tuple[str, str]:
    """First word of a path, and the rest from its slash on."""
    word, slash, rest = target.removeprefix("/").partition("/")
    return word, slash + rest
