"""One exchange of the hostile server: the request as it was read, and the means by which a fault answers it."""

from __future__ import annotations

import json
import socket
import struct
from contextlib import suppress
from typing import Any, NamedTuple

LONGEST_REQUEST = 65536
KEEP_ALIVE_SECONDS = 2.0
BODILESS = (204, 304)
GOODBYE_SECONDS = 2.0
REASONS = {200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 206: "Partial Content", 302: "Found",
           304: "Not Modified", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
           429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway",
           503: "Service Unavailable"}  # fmt: skip


class Request(NamedTuple):
    """The parts of a request line, and the headers with their names in lower case."""

    method: str
    target: str
    version: str
    headers: dict[str, str]


def read_request(connection: socket.socket) -> Request | None:
    """The next request, read whole (an unread rest would turn a close into a reset); None where none comes."""
    data = b""
    connection.settimeout(KEEP_ALIVE_SECONDS)
    with suppress(TimeoutError):
        while b"\r\n\r\n" not in data and len(data) < LONGEST_REQUEST:
            part = connection.recv(4096)
            if not part:
                return None
            data += part
    connection.settimeout(None)
    head, found, body = data.partition(b"\r\n\r\n")
    if not found:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    length = headers.get("content-length", "0")
    _skip(connection, int(length) - len(body) if length.isdecimal() else 0)
    method, target, version = first.split(" ") if first.count(" ") == 2 else (first, "", "")
    return Request(method, target, version, headers)


def _skip(connection: socket.socket, count: int) -> None:
    while count > 0:
        part = connection.recv(min(count, LONGEST_REQUEST))
        if not part:
            return
        count -= len(part)


def hang_up(connection: socket.socket) -> None:
    """Ends an exchange in order: everything sent arrives, and the client sees the end of the stream."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(GOODBYE_SECONDS)
        while connection.recv(4096):
            pass


class Reply:
    """What a fault's script acts on.

    `good` is the right answer and `body` the same as JSON bytes; `path` is the request's, from the root;
    `count` says how many requests this fault has had, this one included; `silence` and `pause` are seconds.
    """

    count, silence, pause = 1, 0.0, 0.0

    def __init__(self, connection: socket.socket, request: Request, good: Any) -> None:
        self._connection, self._request = connection, request
        body = json.dumps(good, ensure_ascii=False).encode("utf-8", "backslashreplace")  # as JSON writes half a pair
        self.good, self.body, self.path = good, body, request.target
        self.over = request.version != "HTTP/1.1" or "close" in request.headers.get("connection", "").lower()

    @property
    def begin(self) -> bytes:
        """The first bytes of the body, never all of them."""
        return self.body[: min(10, len(self.body) // 2)]

    @property
    def rest(self) -> bytes:
        """The bytes after the first ones."""
        return self.body[len(self.begin) :]

    @property
    def knows_chunks(self) -> bool:
        """Whether the client's version of HTTP has chunks: 1.0 has none."""
        return self._request.version == "HTTP/1.1"

    def head(self, status: int, *headers: str, length: int | None = None, words: str | None = None) -> bytes:
        """Status line, with the usual words beside the number or others, and headers, with the length where given."""
        words = REASONS.get(status, "Status") if words is None else words
        lines = [f"HTTP/1.1 {status} {words}", "Content-Type: application/json", *headers]
        if length is not None:
            lines.append(f"Content-Length: {length}")
        if self.over:
            lines.append("Connection: close")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def answer(self, status: int, body: bytes, *headers: str) -> None:
        """A complete, well-formed answer."""
        if status in BODILESS:
            self.send(self.head(status, *headers))
        else:
            self.send(self.head(status, *headers, length=len(body)) + body)

    def send(self, data: bytes) -> None:
        """Bytes as they are."""
        self._connection.sendall(data)

    def wait(self, seconds: float) -> None:
        """Says nothing for so long; raises ConnectionError as soon as the client has left."""
        self._connection.settimeout(seconds)
        with suppress(TimeoutError):
            if not self._connection.recv(1):
                raise ConnectionAbortedError("the client left")
        self._connection.settimeout(None)

    def close(self) -> None:
        """Ends the connection in order after what was sent, whatever was promised."""
        self.over = True

    def reset(self) -> None:
        """Ends the connection with a TCP reset."""
        self.over = True
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._connection.close()
