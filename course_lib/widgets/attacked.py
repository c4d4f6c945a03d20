"""An attack on a piece of code, tried in a copy of this process: it broke, and how; or it held, and what was seen.

    def breaks(export, fetch):
        return attacked(lambda: ...)        # judged in the copy; gives Told(broke, sentence, seen)

The copy is forked, so that it has everything that the notebook has; it may take so many seconds and so much memory, and
is ended with all that it started. Whatever an attack does to its process, this one goes on. Files are shared with the
copy; what it prints is thrown away. Where the system can't fork (Windows), nothing is tried, and that is said.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from course_lib.widgets.page import GREEN, SKY, VERMILION, View, marked

SECONDS = 20.0
ROOM = 1 << 30  # bytes of address space beyond what the process has
LONGEST = 20_000  # letters of what was seen


class Told(NamedTuple):
    """What became of an attack: None where it could not be judged; a sentence; and the figures behind it, if any."""

    broke: bool | None
    sentence: str
    seen: str = ""


@dataclass(frozen=True, repr=False)
class Attacked(View):
    """The outcome of one attack, to look at; `broke` is there for code."""

    told: Told

    @property
    def broke(self) -> bool | None:
        return self.told.broke

    @property
    def word(self) -> str:
        return {True: "It broke", False: "It held", None: "Not judged"}[self.told.broke]

    def __str__(self) -> str:
        return "\n\n".join(filter(None, [f"{self.word}: {self.told.sentence}", self.told.seen]))

    def to_html(self) -> str:
        looks = {True: ("✗", VERMILION, "double"), False: ("✓", GREEN, "solid"), None: ("?", SKY, "dotted")}
        mark, colour, border = looks[self.told.broke]
        seen = f'<pre style="white-space:pre-wrap">{escape(self.told.seen)}</pre>' if self.told.seen else ""
        word = marked(mark, self.word, colour, border)
        return f'<div style="max-width:56em">{word} {escape(self.told.sentence)}</div>{seen}'


def attacked(judge: Callable[[], Told], seconds: float = SECONDS) -> Attacked:
    """What `judge` says, called in a copy of this process."""
    if not hasattr(os, "fork"):
        return Attacked(Told(None, "this system can't copy a process, so nothing was tried."))
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python warns of forking beside threads; none is used here
        child = os.fork()
    if child == 0:
        _judge_here(judge, writing)
    os.close(writing)
    try:
        said = _all_of(reading, time.monotonic() + seconds)
    finally:
        os.close(reading)
        _end(child)
    return Attacked(_read(said, seconds))


def _judge_here(judge: Callable[[], Told], writing: int) -> None:
    """In the copy: judges, writes, and ends without Python's own clean-up."""
    try:
        os.setsid()
        _bound_memory()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        _silence()
        gc.freeze()  # a collection in the copy looks at what is new alone, which takes no time
        try:
            told = judge()
        except BaseException as error:  # noqa: BLE001  # an attack may raise what it likes
            told = Told(None, f"the attack itself raised {type(error).__name__}: {error}")
        os.write(writing, (json.dumps([told.broke, told.sentence, told.seen[:LONGEST]]) + "\n").encode())
    finally:
        os._exit(0)


def _silence() -> None:
    """What the kernel sends to the page goes through sockets that belong to the process copied from."""
    import io
    import sys

    sys.stdout = sys.stderr = io.StringIO()


def _bound_memory() -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource
        from pathlib import Path

        mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (mapped + ROOM, mapped + ROOM))


def _all_of(reading: int, until: float) -> bytes:
    """What the copy wrote, up to the end of its line; less where time is up or it has ended."""
    said = b""
    while not said.endswith(b"\n") and (left := until - time.monotonic()) > 0:
        if not select.select([reading], [], [], left)[0]:
            break
        more = os.read(reading, 65_536)
        if not more:
            break
        said += more
    return said


def _end(child: int) -> None:
    """Ends the copy with everything in its session, also where the reader interrupts."""
    for end in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            end(child, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(child, 0)


def _read(said: bytes, seconds: float) -> Told:
    if said.endswith(b"\n"):
        return Told(*json.loads(said))
    if said:
        return Told(None, "the process in which it was tried ended in the middle of its report.")
    return Told(None, f"no answer came: the process in which it was tried ended, or {seconds:.0f} seconds were over.")
