"""Puts one request to an assistant: a command that reads it on standard input and answers on standard output.

The command runs in a process group of its own, which ends with it: when it is done, when its time is over, or when the
trial is stopped. What it writes beyond a megabyte is read and thrown away. Only what ends with 0 has answered.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from typing import IO

MOST_KEPT = 1_000_000  # bytes of an answer
MOST_OF_A_COMPLAINT = 500  # bytes of standard error, its end
PIECE = 1 << 16
LAST_WORDS = 2.0  # seconds for what is still in the pipes of a group that has ended


class NoAnswer(Exception):
    """The command did not answer; the message says why."""


class _Listener(threading.Thread):
    """Reads a stream to its end and keeps the first or the last bytes of it."""

    def __init__(self, stream: IO[bytes], kept: slice) -> None:
        super().__init__(daemon=True)  # a process that left the group may hold the stream open for ever
        self._stream, self._kept = stream, kept
        self.heard = b""
        self.start()

    def run(self) -> None:
        with self._stream:
            while piece := os.read(self._stream.fileno(), PIECE):
                self.heard = (self.heard + piece)[self._kept]


def ask(command: str, request: str, seconds: float) -> bytes:
    """The first megabyte of the answer; raises NoAnswer where the command fails, or takes longer than that."""
    with tempfile.TemporaryFile() as question:
        question.write(request.encode())
        question.seek(0)
        with _group(command, question) as process:
            assert process.stdout and process.stderr
            answer = _Listener(process.stdout, slice(MOST_KEPT))
            complaint = _Listener(process.stderr, slice(-MOST_OF_A_COMPLAINT, None))
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired as error:
                raise NoAnswer(f"it had not answered after {seconds:g} seconds") from error
    for listener in (answer, complaint):
        listener.join(LAST_WORDS)
    if process.returncode != 0:
        raise NoAnswer(f"it ended with {process.returncode}{_quoted(complaint.heard)}")
    return answer.heard


@contextlib.contextmanager
def _group(command: str, question: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """The shell that runs the command; when this is left, however that is, no process of its group is."""
    try:
        process = subprocess.Popen(
            ["/bin/sh", "-c", command],
            stdin=question,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            start_new_session=True,
        )
    except OSError as error:
        raise NoAnswer(f"it could not be started: {error.strerror}") from error
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _quoted(complaint: bytes) -> str:
    words = " ".join(complaint.decode("utf-8", "replace").split())
    return f": {words}" if words else ""
