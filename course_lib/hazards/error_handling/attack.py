"""Judges a server's answer, as bytes, that is to fool a client: what the client made of it, once.

The promise: user 7's profile (a JSON object whose id is 7) for a status of 200, and `{"error": …}` for anything else.
What it can't see: an answer that takes for ever, since the bytes are sent at once and the connection is closed.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from typing import Any

from course_lib.widgets.attacked import Attacked, Told, attacked

USER = 7


def breaks(fetch: Callable[..., Any], answer: Any) -> Attacked:
    """Whether that answer comes back as a profile that it isn't, or makes the client raise."""
    if not isinstance(answer, bytes):
        return Attacked(Told(None, 'the attack is the answer as bytes: b"HTTP/1.1 200 OK\\r\\n…".'))
    return attacked(lambda: _judged(fetch, answer))


def _judged(fetch: Callable[..., Any], answer: bytes) -> Told:
    address = _answer_once(answer)
    try:
        found = fetch(address, USER, timeout=1)
    except BaseException as error:  # noqa: BLE001  # whatever it raises, it promised not to
        return Told(True, f"the client raised {type(error).__name__}: {str(error)[:200]}")
    if type(found) is dict and set(found) == {"error"}:
        return Told(False, f"the client declared an error: {found}")
    if type(found) is dict and type(found.get("id")) is int and found["id"] == USER and _is_success(answer):
        return Told(False, f"the client returned the profile that was asked for: {str(found)[:200]}")
    return Told(True, f"the client returned {str(found)[:200]} as the profile of user {USER}.")


def _is_success(answer: bytes) -> bool:
    return answer.split(b"\r\n", 1)[0].split(b" ")[1:2] == [b"200"]


def _answer_once(raw: bytes) -> str:
    """The address of a server on this machine that reads one request, sends the bytes and closes."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listening, listening.accept()[0] as connection:
            connection.recv(65_536)
            connection.sendall(raw)

    threading.Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{listening.getsockname()[1]}"
