"""What a submission printed, on which case it was, and where it stood when it did not come back.

The child's two standard streams lead into one pipe. Before each case the child writes a mark into it; when it is asked
by a signal, Python itself writes where its threads stand, also from within a loop in C. The judge keeps the end of what
came. It is shown and decides nothing: a submission may print whatever it likes, marks and stacks too.
It can't see what is printed past these streams, nor the stack of a child that has been ended already.
"""

from __future__ import annotations

import contextlib
import faulthandler
import io
import os
import queue
import re
import select
import signal
import sys
import threading
import time
from typing import IO

MOST_KEPT, MOST_LINES, LONGEST_LINE = 16_384, 8, 200
MUCH = 1 << 15  # bytes of one piece: half of what a pipe holds before whoever writes must wait
ANSWERS_WITHIN = 0.5  # seconds; a machine that is too busy for that tells nothing of where the code stood
CLOSES_WITHIN = 1.0  # seconds
ASK = signal.SIGUSR2 if hasattr(signal, "SIGUSR2") else None
_MARK = re.compile(rb"\0case (\d+)\0")
_CURRENT = b"Current thread"
_FRAME = re.compile(rb'File "<submission ([^"\n]*)>", line (\d+) in ([^\n]*)')
_FOREIGN_FRAME = re.compile(r'^  File "(?!<submission ).*\n(?:    .*\n)*', re.MULTILINE)

_write, _fstat = os.write, os.fstat


class Marks:
    """The child's end: its standard streams lead to the judge from here on, each print at once."""

    def __init__(self) -> None:
        for descriptor, name in ((1, "stdout"), (2, "stderr")):
            raw = io.FileIO(descriptor, "w", closefd=False)
            stream = io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", write_through=True)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
        self._pipe = _fstat(1).st_ino
        if ASK is not None:
            faulthandler.register(ASK, file=2, all_threads=True)

    def case(self, number: int) -> None:
        """Marks that the case begins; nothing where the submission has put something else in the stream's place."""
        with contextlib.suppress(OSError):
            if _fstat(1).st_ino == self._pipe:
                _write(1, b"\0case %d\0" % number)


class Printed:
    """What came out of the child so far: its last lines, and the case that it is on."""

    def __init__(self) -> None:
        self._kept, self._much = b"", False
        self.case: int | None = None

    def kept_waiting(self) -> bool:
        """Whether much has come since this was asked last: the child may have stood still until the judge took it."""
        much, self._much = self._much, False
        return much

    def drain_all(self) -> None:
        """Takes all that is there by now."""

    def _keep(self, piece: bytes) -> None:
        """Of what came before the first case nothing is kept once that begins."""
        self._much = self._much or len(piece) >= MUCH
        kept, begun = self._kept + piece, self.case is not None
        marks = list(_MARK.finditer(kept))
        if marks:
            self.case = int(marks[-1][1])
            kept = kept if begun else kept[marks[0].end() :]
        self._kept = kept[-MOST_KEPT:]

    def lines(self) -> str:
        """The last lines that the code printed, each cut where it is long."""
        text = _MARK.sub(b"", self._kept).decode("utf-8", "replace").replace("\r\n", "\n")
        text = _FOREIGN_FRAME.sub("", text)
        lines = [
            line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]} …" for line in text.rstrip().split("\n")
        ]
        more = ["…"] if len(lines) > MOST_LINES else []
        return "\n".join([*more, *lines[-MOST_LINES:]])

    def stood_in(self, pid: int) -> str:
        """Asks the child where it stands: the line, the function and the cell; nothing where it does not say."""
        if ASK is None:
            return ""
        self.drain_all()
        told = self._told_when_asked(pid, ASK)
        found = _frame(told) or _FRAME.search(told)
        if found is None:
            return ""
        cell, line, function = (one.decode("ascii", "replace") for one in found.groups())
        where = "" if function == "<module>" else f" of {function}"
        return f"line {line}{where} ({cell})"

    def _told_when_asked(self, pid: int, ask: int) -> bytes:
        """What came after the question, until the thread that answers has named a line of the submission's."""
        try:
            os.kill(pid, ask)
        except OSError:
            return b""
        told, until = b"", time.monotonic() + ANSWERS_WITHIN
        while _frame(told) is None and (left := until - time.monotonic()) > 0:
            piece = self._next(left)
            if piece is None:
                break
            told += piece
        return told

    def _next(self, seconds: float) -> bytes | None:
        """What comes within that time; None where no more can come."""
        raise NotImplementedError


class PrintedIntoPipe(Printed):
    """By the judge's end of the pipe; to be drained whenever it is readable, and closed."""

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        os.set_blocking(descriptor, False)
        self._descriptor, self._ended = descriptor, False

    def __enter__(self) -> PrintedIntoPipe:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)

    def fileno(self) -> int:
        return self._descriptor

    @property
    def is_open(self) -> bool:
        """Whether more may come; the pipe of a submission that has closed its streams is always readable."""
        return not self._ended

    def drain(self) -> None:
        """Takes one piece of what is there."""
        self._keep(self._piece())

    def drain_all(self) -> None:
        """Takes all that is there by now."""
        while not self._ended and select.select([self], [], [], 0)[0]:
            self.drain()

    def _piece(self) -> bytes:
        try:
            piece = os.read(self._descriptor, 1 << 16)
        except BlockingIOError:
            return b""
        self._ended = not piece
        return piece

    def _next(self, seconds: float) -> bytes | None:
        if self._ended:
            return None
        return self._piece() if select.select([self], [], [], seconds)[0] else b""


class PrintedByThread(Printed):
    """By a thread that reads for as long as there is something: a pipe of Windows can't be waited for otherwise."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._stream, self._asked = stream, False
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        with contextlib.suppress(OSError):
            while piece := os.read(self._stream.fileno(), 1 << 16):
                if self._asked:
                    self._answers.put(piece)
                else:
                    self._keep(piece)
        self._answers.put(None)

    def _told_when_asked(self, pid: int, ask: int) -> bytes:
        self._asked = True
        return super()._told_when_asked(pid, ask)

    def _next(self, seconds: float) -> bytes | None:
        try:
            return self._answers.get(timeout=seconds)
        except queue.Empty:
            return b""

    def close(self) -> None:
        """When the child is gone. A stream that something else still writes into is left to its thread."""
        self._thread.join(CLOSES_WITHIN)
        if not self._thread.is_alive():
            self._stream.close()


def _frame(told: bytes) -> re.Match[bytes] | None:
    """The innermost line of the submission in the thread that was asked, once it has been told."""
    at = told.find(_CURRENT)
    return _FRAME.search(told, at) if at >= 0 and told.endswith(b"\n") else None
