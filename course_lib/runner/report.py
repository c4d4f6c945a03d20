"""How a child tells the judge what happened, when everything beside it in the process may be hostile.

Each report is signed with a secret word of its own, which comes to the child over the channel before the submission
does. Two things keep the word of the last report, the one that counts, out of reach: until then it lies on the
interpreter's stack alone, and before it is used, `silence` has stopped all ways for other code to look on.
What it can't stop: a search of the process's own memory by ctypes.
"""

from __future__ import annotations

import gc
import marshal
import os
import signal
import struct
import sys
import time
from _signal import signal as set_handler  # type: ignore[import-not-found]  # no stubs; signal.signal is Python
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from course_lib import wire

OUT_OF_MEMORY = "the code ran out of memory (1 GiB is allowed)"
UNDISTURBED = 2.0  # seconds that another thread must wait for its turn: a report takes milliseconds

Message = tuple[str, Any]


class Channel(Protocol):
    """What leads to the judge: a socket, or two pipes."""

    def recv(self, count: int, /) -> bytes:
        """At most so many bytes, none at the end."""

    def fileno(self) -> int:
        """The descriptor that reports are written to."""


def receive(channel: Channel) -> Any:
    """The next value that the judge has put on the channel: four bytes of length, then what `marshal` makes of it."""
    (length,) = struct.unpack("!I", _exactly(channel, 4))
    return marshal.loads(_exactly(channel, length))


def _exactly(channel: Channel, count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        part = channel.recv(min(1 << 16, count - len(parts)))
        if not part:
            raise EOFError("the judge closed the channel")
        parts += part
    return bytes(parts)


def sender(channel: Channel) -> Callable[..., None]:
    """A function that sends messages under the secret word which is next on the channel, all in one piece."""
    nonce, descriptor = receive(channel), channel.fileno()
    write, pack, too_large, too_much = os.write, wire.pack, ValueError, MemoryError

    def send(messages: list[Message], *_ignored: object) -> None:
        lines = []
        for kind, value in messages:
            try:
                text = pack(value)
            except too_large as problem:
                kind, text = "unrunnable", pack(f"what the code returned is {problem}")
            except too_much:
                kind, text = "unrunnable", pack(OUT_OF_MEMORY)
            lines.append(f"{nonce} {kind} {text}\n")
        data = "".join(lines).encode("ascii")
        while data:
            data = data[write(descriptor, data) :]

    return send


def silence() -> tuple[Callable[[], Any], ...]:
    """Calls, none of them into Python code, after which no code but the caller's own runs in this thread.

    They end tracing, profiling and monitoring, the collector's callbacks and finalizers, and signal handlers, and
    make other threads wait.
    """
    caught = set(signal.valid_signals()) - {getattr(signal, name, None) for name in ("SIGKILL", "SIGSTOP")}
    return (
        partial(sys.settrace, None),
        partial(sys.setprofile, None),
        *_without_monitors(),
        gc.disable,
        gc.callbacks.clear,
        *(partial(set_handler, int(number), int(signal.SIG_IGN)) for number in sorted(caught)),
        partial(sys.setswitchinterval, UNDISTURBED),
        partial(time.sleep, 0.0005),  # threads that wait by the old interval get their last turn here
    )


def _without_monitors() -> list[Callable[[], Any]]:
    monitoring = getattr(sys, "monitoring", None)  # since Python 3.12
    if monitoring is None:
        return []
    events = [value for value in vars(monitoring.events).values() if isinstance(value, int) and value]
    tools = range(6)
    return [partial(monitoring.register_callback, tool, event, None) for tool in tools for event in events]
