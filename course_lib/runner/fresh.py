"""The judge without fork: a fresh Python for each run, over plain pipes, watched from outside.

    judge's process ---- request ----> standard input  \
          ^--------------- reports --- standard output  >  fresh Python (probe + submission)
          ^--------------- prints ---- standard error  /

It needs nothing that Windows lacks, and is what Windows has. Before it takes a request, the new process moves the three
streams to where a submission does not look for them; from then on it runs what a fork of the warm parent runs
(`child.py`), so that a verdict is the same one, by the same code. While one run is judged, the Python for the next one
starts. It is also who ends that run where the judge's own process is killed: its pipe closes before any request came.

What it limits: processor time and the clock (`patience.py`), memory, and what outlives the run, all by looking on ten
times a second. What it can't stop: everything else. Nothing is shut off: what is judged this way can read, write, send
and start whatever its user can, and what takes much memory at once has it for a moment. The verdict says so.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import os
import queue
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psutil

from course_lib import course_process
from course_lib.runner import child
from course_lib.runner.parent import LISTENS, ParentEnded, ParentLost
from course_lib.runner.printed import PrintedByThread
from course_lib.runner.report import OUT_OF_MEMORY
from course_lib.runner.warm import preload, scrubbed

READY, STARTS_WITHIN = b"ready\n", 60.0  # seconds
ENDS_WITHIN, MOST_PIECES = 1.0, 64
MARK, BESIDE, CLOCKS_DIFFER = "COURSE_RUN", "COURSE_RUN_BESIDE", 5.0  # seconds
KILLED_HERE = -9
LONGEST_LIFE = 900.0  # seconds after its request in which a run ends itself; no judge waits as long for one
FLAGS = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)


class FreshParent:
    """Starts a Python for each run, one of them ahead of time."""

    at_once = 1  # the one that is started ahead ends the run beside it where the judge is killed

    def __init__(self, slug: str) -> None:
        self._slug = slug
        self._next: FreshRun | None = FreshRun(slug)
        self.times_renewed, self.room = 0, threading.Semaphore(self.at_once)

    @property
    def held(self) -> str:
        """Nothing: each run is confined by itself alone."""
        return ""

    def start(self) -> FreshRun:
        """The one that has been started already; once more where somebody has killed it meanwhile."""
        ahead, self._next = self._next, None
        try:
            ahead = ahead or FreshRun(self._slug)
            ahead.wait_until_ready()
        except ParentEnded:
            ahead = FreshRun(self._slug)
            ahead.wait_until_ready()
        self._next = FreshRun(self._slug, beside=ahead.mark)
        return ahead

    def renew(self, times_renewed: int) -> None:  # nobody else has renewed it
        """Lets the next run be started anew."""
        self.times_renewed += 1
        self.close()

    def close(self) -> None:
        """Ends the one that nobody needs."""
        if self._next is not None:
            with self._next:
                self._next = None


class FreshRun:
    """A fresh Python that loads the exercise's probe and then waits for a request.

    `beside` is the mark of the run that is judged meanwhile; all of whose processes bear it.
    """

    def __init__(self, slug: str, beside: str = "") -> None:
        self.mark, begun = secrets.token_hex(8), time.time()
        try:
            self._process: subprocess.Popen[bytes] = course_process.start(
                "course_lib.runner.fresh",
                slug,
                environment={**scrubbed(), MARK: self.mark, BESIDE: beside},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                creationflags=FLAGS,  # for Windows what a session of its own is elsewhere
            )
        except OSError as error:
            raise ParentLost(f"no process could be started: {error.strerror}") from error
        assert self._process.stdin and self._process.stdout and self._process.stderr
        self.pid, self._ended, self._looked = self._process.pid, False, 0.0
        self.printed = PrintedByThread(self._process.stderr)
        self._told: queue.Queue[bytes] = queue.Queue(MOST_PIECES)
        self._reader = threading.Thread(target=self._read, args=[self._process.stdout], daemon=True)
        self._reader.start()
        self._watched = _Tree(self.pid, self.mark, begun)

    def _read(self, stream: IO[bytes]) -> None:
        with contextlib.suppress(OSError):
            while piece := os.read(stream.fileno(), 1 << 20):
                self._told.put(piece)
        self._told.put(b"")

    def wait_until_ready(self) -> None:
        """Raises ParentLost, with the reason, where it never is."""
        told, until = b"", time.monotonic() + STARTS_WITHIN
        while not told.endswith(b"\n"):
            piece = self.listen()
            told += piece or b""
            if piece is None:
                self._give_up()
                raise ParentEnded(f"a fresh Python ended before it could be used{self._last_words()}")
            if time.monotonic() > until:
                self._give_up()
                raise ParentLost(f"a fresh Python was not ready within {STARTS_WITHIN:.0f} seconds")
        if told != READY:
            self._give_up()
            raise ParentLost(told.decode("utf-8", "replace").strip())
        self._watched.begin()

    def _give_up(self) -> None:
        with self:
            self._process.kill()

    def _last_words(self) -> str:
        lines = self.printed.lines().splitlines()
        return f" ({lines[-1]})" if lines else ""

    def ask(self, request: bytes) -> None:
        """Hands the request over, by a thread: what does not read must not stop the judge."""
        threading.Thread(target=self._write, args=[request], daemon=True).start()

    def _write(self, request: bytes) -> None:
        stream = self._process.stdin
        with contextlib.suppress(OSError, ValueError):
            assert stream is not None
            outgoing = memoryview(request)
            while outgoing:
                outgoing = outgoing[stream.write(outgoing) :]

    def listen(self) -> bytes | None:
        """What came within a tenth of a second; None when the pipe is closed."""
        if self._ended:
            return None
        try:
            piece = self._told.get(timeout=LISTENS)
        except queue.Empty:
            return b""
        self._ended = not piece
        return piece or None

    def exceeded(self) -> str:
        """The sentence on its memory, where it has taken too much; looked at as often as the judge looks at all."""
        if (now := time.monotonic()) - self._looked < LISTENS:
            return ""
        self._looked = now
        return OUT_OF_MEMORY if self._watched.grown() > child.MEMORY else ""

    def end(self, over: bool) -> int:
        """Ends it and what it started; the code of one that was not over and had to be killed is the signal's."""
        code = self._code(ENDS_WITHIN if over else 0)
        self._watched.kill()
        self._process.wait()
        return KILLED_HERE if code is None else code

    def _code(self, seconds: float) -> int | None:
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def __enter__(self) -> FreshRun:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self.end(over=False)
        while self._reader.is_alive() and self.listen() is not None:
            pass  # it may wait for room
        self._reader.join(ENDS_WITHIN)
        self.printed.close()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None and not self._reader.is_alive():
                with contextlib.suppress(OSError):
                    stream.close()


class _Tree:
    """The memory of a process and of what it has started, and the end of them all."""

    def __init__(self, pid: int, mark: str, begun: float) -> None:
        self._pid, self._mark, self._begun, self._before = pid, mark, begun, 0
        self._seen: dict[int, psutil.Process] = {}

    def begin(self) -> None:
        """What it has by now is the course's own."""
        self._before = self._taken()

    def grown(self) -> int:
        """Bytes that they have more than in the beginning."""
        return self._taken() - self._before

    def _taken(self) -> int:
        total = 0
        for process in self._processes():
            with contextlib.suppress(psutil.Error):
                total += process.memory_info().rss
        return total

    def _processes(self) -> list[psutil.Process]:
        """All that is alive of it; whoever was seen once is remembered, whatever becomes of its own parent."""
        with contextlib.suppress(psutil.Error):
            first = psutil.Process(self._pid)
            self._seen.update({each.pid: each for each in [first, *first.children(recursive=True)]})
        return list(self._seen.values())

    def kill(self) -> None:
        """Ends them; psutil knows a process by its number and birth, so that nobody else's is met."""
        for process in [*reversed(self._processes()), *_marked(self._mark, self._begun)]:
            with contextlib.suppress(psutil.Error):
                process.kill()


def _marked(mark: str, begun: float) -> Iterator[psutil.Process]:
    """What a run has started, though nobody saw it before its own parent was gone: it has inherited the mark."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.create_time() > begun - CLOCKS_DIFFER and process.environ().get(MARK) == mark:
                yield process


class _Pipes:
    """The child's way to the judge, away from where a submission prints and reads."""

    def __init__(self, beside: str) -> None:
        self._beside, self._asked = beside, False
        self._requests, self._reports = os.dup(0), os.dup(1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)

    def recv(self, count: int, /) -> bytes:
        """At most so many bytes of the request."""
        piece = os.read(self._requests, count)
        if not self._asked:
            self._asked = True
            self._begin(bool(piece))
        return piece

    def _begin(self, asked: bool) -> None:
        """What was waited for: a request, or the end of whoever would have made one."""
        if asked:
            faulthandler.dump_traceback_later(LONGEST_LIFE, exit=True)
        else:
            self._end_the_run_beside()

    def tell_ready(self) -> None:
        """The one line before any request; OSError where nobody reads it."""
        try:
            os.write(self._reports, READY)
        except OSError:
            self._end_the_run_beside()
            raise

    def _end_the_run_beside(self) -> None:
        """The judge went without asking: nobody else is left to end what it was judging."""
        for process in _marked(self._beside, 0.0) if self._beside else ():
            with contextlib.suppress(psutil.Error):
                process.kill()

    def fileno(self) -> int:
        """Where the reports go."""
        return self._reports


def _serve(slug: str) -> None:
    """The child: from its start to the end of its one run; never returns."""
    pipes = _Pipes(os.environ.pop(BESIDE, ""))
    probe, problem = preload(slug)
    if probe is None:
        os.write(pipes.fileno(), f"{problem[:2000]}\n".encode())
        return
    gc.collect()
    gc.freeze()
    pipes.tell_ready()
    child.run(pipes, probe, confined=False)


if __name__ == "__main__":
    sys.path[:] = [entry for entry in sys.path if entry != str(Path(__file__).parent)]
    _serve(sys.argv[1])
