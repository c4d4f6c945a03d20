"""The judge's side of one run: sends the cases, listens, watches the clock fairly, and says what happened.

A run counts as hanging when it has burnt its seconds of processor time, has stood still for as many seconds of the
clock, or has neither ended nor been kept waiting for long: it polls. A run whose threads want a processor and get none
is given as much more time, up to `PATIENCE` times the longest, and is `unmeasured` in the end, never wrong.
"""

from __future__ import annotations

import os
import secrets
import select
import signal
import socket
import struct
import time
from collections.abc import Sequence
from typing import Any, NamedTuple

from course_lib import wire
from course_lib.hazards.plainly import shown
from course_lib.hazards.terms import Control, Hangs, SubmissionError, Unmeasured
from course_lib.reading import Confinement, weakest
from course_lib.runner.child import BROKEN, CHANNEL_LOST
from course_lib.runner.confinement.scratch import scratch_folder
from course_lib.runner.machine import kills_for_memory, loopback_trouble, shortage
from course_lib.runner.printed import Printed
from course_lib.runner.source import Submission
from course_lib.runner.warm import ParentEnded, ParentLost, WarmParent

LOADING, LONGEST = 4.0, 13.0
ALL_CELLS = 60.0  # seconds for loading a notebook, whose slow cells are interrupted one by one
MOST_BYTES = 64 << 20
REPORTS = (
    ("level", "cell", "skipped", "loaded", "missing", "unrunnable", "broken"),  # signed with the first word
    ("measured", "changed", "unrunnable"),  # signed with the last: see report.py
)
PATIENCE = 3
MOST_OF_INPUT = 120  # characters of each value that a code was given which does not come back
MOST_LEFT_OUT = 2  # cells that neither come back nor can be interrupted; each costs some seconds
LOST = ("ended", ("killed", "the judge's own process was killed"))
SYSTEM_TELLS = os.path.isdir("/proc/self/task")  # whether a process wants a processor
HANGS = "the code did not come back: it loops or waits for ever"


class NotLoaded(SubmissionError):
    """The submission fell over before any task of it could be called; true of every task alike."""


class Session:
    """One task of one submission; calling it is the `observe` that graders are given.

    With `tells` it knows what the code printed, and on which input it was when it did not come back.
    """

    def __init__(
        self, parent: WarmParent, submission: Submission, task: str, control: Control | None, tells: bool = True
    ) -> None:
        self._parent, self._submission, self._task, self._control = parent, submission, task, control
        self._tells = tells
        self._left_out: list[str] = []
        self.skipped: list[str] = []
        self.confinement: Confinement | None = None
        self.observations: list[dict[str, Any]] = []
        self.changes: list[tuple[str, Any, Any]] = []
        self.printed = ""

    def __call__(
        self,
        cases: Sequence[dict[str, Any]],
        ports: Sequence[int] = (),
        seconds: float = LOADING,
        longest: float = LONGEST,
    ) -> list[dict[str, Any]]:
        if ports and (trouble := loopback_trouble()):
            raise Unmeasured(trouble)
        messages = self._run(self._submission, cases, ports, _Patience(seconds, longest))
        while len(self._left_out) < MOST_LEFT_OUT and (label := _stuck_in(messages)) is not None:
            self._left_out.append(label)
            self._submission = self._submission.without(label)
            messages = self._run(self._submission, cases, ports, _Patience(seconds, longest))
        observed = self._interpret(messages, len(cases))
        self.observations = [*self.observations, *observed]
        return observed

    def _run(
        self,
        submission: Submission | None,
        cases: Sequence[dict[str, Any]],
        ports: Sequence[int],
        patience: _Patience,
    ) -> list[tuple[str, Any]]:
        """All messages of one fresh process, then how it ended; without a submission the control pair alone runs.

        What was killed is run once more, the warm parent being replaced where it was that; whoever is killed twice has
        done it himself, if it was not the machine for want of memory.
        """
        kills = kills_for_memory()
        messages = self._run_once(submission, cases, ports, patience)
        if _was_killed(messages):
            messages = self._run_once(submission, cases, ports, patience)
        if messages[-1] == LOST:
            raise Unmeasured("the judge's own process was killed, and the one in its place as well")
        if _was_killed(messages) and kills_for_memory() > kills:
            raise Unmeasured("the machine ran out of memory and ended the process")
        return messages

    def _run_once(
        self,
        submission: Submission | None,
        cases: Sequence[dict[str, Any]],
        ports: Sequence[int],
        patience: _Patience,
    ) -> list[tuple[str, Any]]:
        try:
            with scratch_folder() as scratch:
                if lacks := shortage(scratch):
                    raise Unmeasured(lacks)
                messages = self._talk(self._request(submission, cases, ports, scratch, patience), patience)
                if lacks := shortage(scratch):
                    raise Unmeasured(lacks)
                return messages
        except ParentEnded:
            self._renew_parent()
            return [LOST]
        except ParentLost as error:
            raise Unmeasured(str(error)) from error
        except OSError as error:
            raise Unmeasured(f"no scratch folder or process could be had: {error.strerror}") from error

    def _renew_parent(self) -> None:
        try:
            self._parent.renew()
        except ParentLost as error:
            raise Unmeasured(str(error)) from error

    def _request(
        self,
        submission: Submission | None,
        cases: Sequence[dict[str, Any]],
        ports: Sequence[int],
        scratch: str,
        patience: _Patience,
    ) -> dict[str, Any]:
        cells = submission.cells if submission else ()
        return {
            "task": self._task,
            "subject": submission is not None,
            "cells": [cell.to_plain() for cell in cells],
            "folder": submission.folder.to_plain() if submission and submission.folder else None,
            "left_out": [f"{label} did not come back" for label in self._left_out],
            "notebook": submission is None or submission.notebook,
            "cases": list(cases),
            "control": self._control.case if self._control else None,
            "ports": list(ports),
            "scratch": scratch,
            "cpu_seconds": LONGEST + max(LONGEST, patience.longest),
        }

    def _talk(self, request: dict[str, Any], patience: _Patience) -> list[tuple[str, Any]]:
        words = [secrets.token_hex(16) for _ in REPORTS]
        pid, channel, printed = self._parent.fork()
        with channel, printed:
            try:
                loading = _Patience(min(LOADING, patience.seconds), ALL_CELLS if request["notebook"] else LONGEST)
                data, ending = _converse(channel, printed, pid, _framed(request, *words), loading, patience)
                if ending and ending[0] == "hang":
                    ending = "hang", ending[1] + _where(printed, pid, request["cases"] if self._tells else ())
            finally:
                status = self._parent.reap(pid)
            printed.drain_all()
            self.printed = (printed.lines() if self._tells else "") or self.printed
        return [*_messages(data, words), ("ended", ending or _exit_in_words(status))]

    def _interpret(self, messages: list[tuple[str, Any]], expected: int) -> list[dict[str, Any]]:
        told: dict[str, list[Any]] = {}
        for kind, value in messages:
            told.setdefault(kind, []).append(value)
        self.skipped = list(map(str, told.get("skipped", [[]])[0]))
        self.confinement = weakest([self.confinement, *map(_confinement, told.get("level", ()))])
        failure = NotLoaded if "loaded" not in told else SubmissionError
        for kind in ("forged", "missing", "unrunnable"):
            if kind in told:
                raise (SubmissionError if kind == "missing" else failure)(str(told[kind][0]))
        if "broken" in told or told["ended"][0][0] == "broken":
            raise self._blame(f"the measurement broke off ({told.get('broken', ['at its end'])[0]})")
        [answers] = told.get("measured", [None])
        controls = 0 if self._control is None else 2
        if type(answers) is not list or len(answers) != expected + 2 * controls:
            ending = told["ended"][0]
            if ending[0] == "hang" and failure is SubmissionError:
                raise Hangs(ending[1])
            raise Unmeasured(ending[1]) if ending[0] == "starved" else failure(ending[1])
        self.changes += told.get("changed", [[]])[0]
        if not self._sees(answers):
            raise self._blame("its known-bad sample was not told from the repaired one")
        return answers[controls : controls + expected]

    def _sees(self, answers: Any) -> bool:
        """Whether the known-bad sample was found bad, and its repaired twin good, before and after the cases."""
        if self._control is None:
            return True
        try:
            bad, good, *_cases, bad_again, good_again = answers
            is_bad = self._control.is_bad
            return is_bad(bad) and is_bad(bad_again) and not is_bad(good) and not is_bad(good_again)
        except Exception:  # a forged or mangled answer may have any shape
            return False

    def _blame(self, what: str) -> Exception:
        """Whose fault a broken measurement is: the submission's, unless it breaks without one as well."""
        alone = dict(self._run(None, (), (), _Patience(LOADING, LONGEST)))
        if "measured" in alone and self._sees(alone["measured"]):
            return SubmissionError(
                "the submission changes Python's built-ins, a library or the measuring instrument, so nothing can be "
                "measured; a repair leaves these alone"
            )
        return Unmeasured(f"the course's instrument does not work on this machine: {what}")


def _stuck_in(messages: list[tuple[str, Any]]) -> str | None:
    """The label of the cell that did not come back, where it is a cell that a submission can do without."""
    *told, (_, (how, _words)) = messages
    kinds = [kind for kind, _ in told]
    if how != "hang" or "cell" not in kinds or "loaded" in kinds:
        return None
    return str(dict(told)["cell"])  # the last one


def _was_killed(messages: list[tuple[str, Any]]) -> bool:
    """Whether a signal ended the run that could have come from anybody, before all was measured."""
    *told, (_, (how, _words)) = messages
    return how == "killed" and "measured" not in dict(told)


def _confinement(told: Any) -> Confinement:
    return Confinement(told["complete"] is True, str(told["told"]))


def _framed(*values: Any) -> bytes:
    """The values as the child's `receive` reads them: the request, and a secret word for each of its reports."""
    packed = [wire.pack(value).encode("ascii") for value in values]
    return b"".join(struct.pack("!I", len(text)) + text for text in packed)


def _where(printed: Printed, pid: int, cases: Sequence[dict[str, Any]]) -> str:
    """The line in which a child stands that does not come back, and the case that it works on, as far as it tells."""
    line = printed.stood_in(pid)
    told = f"; it stood in {line}" if line else ""
    if printed.case is None or not printed.case < len(cases):
        return told
    given = {name: value for name, value in cases[printed.case].items() if name not in ("kind", "number")}
    return f"{told}, on {', '.join(f'{name}={shown(value, MOST_OF_INPUT)}' for name, value in given.items())}"


def _converse(
    channel: socket.socket, printed: Printed, pid: int, request: bytes, loading: _Patience, patience: _Patience
) -> tuple[bytes, tuple[str, str] | None]:
    """Sends the request and reads to the end; the second value says how it was cut short, if it was."""
    data = bytearray()
    watch = _Watch(pid, loading)
    outgoing = memoryview(request)
    channel.setblocking(False)
    while True:
        reading: list[socket.socket | Printed] = [channel, printed] if printed.is_open else [channel]
        readable, writable, _ = select.select(reading, [channel] if outgoing else [], [], 0.1)
        try:
            if printed in readable:
                printed.drain()
            if writable:
                outgoing = outgoing[channel.send(outgoing) :]
            if channel in readable:
                part = channel.recv(1 << 20)
                data += part
                if not part:
                    return bytes(data), None
                watch.heard(patience if b" loaded " in data else None)
        except BlockingIOError:
            pass
        except OSError:
            return bytes(data), None
        if len(data) > MOST_BYTES:
            return bytes(data), ("flood", "the code returned far more than was asked for")
        if (verdict := watch.verdict()) is not None:
            return bytes(data), verdict


class _Patience(NamedTuple):
    """Seconds that may be burnt, or stood still; and the longest that a run may take on a machine of its own."""

    seconds: float
    longest: float


class _Watch:
    """Tells a hang from a busy machine by the processor time the child has had, and by how often it wanted more."""

    def __init__(self, pid: int, patience: _Patience) -> None:
        self.patience, self._pid, self._begun = patience, pid, time.monotonic()
        self._moved = self._looked = self._begun
        self._loaded = False
        self._used = self._used_before = self._wanted = 0.0

    def heard(self, after_loading: _Patience | None) -> None:
        """The child has got on: to its next cell, or, once, from loading to measuring."""
        if self._loaded:
            return
        self._moved, self._used = time.monotonic(), 0.0
        self._used_before = processor_seconds(self._pid)[0]
        if after_loading is not None:
            self._loaded, self.patience, self._begun = True, after_loading, self._moved
            self._looked, self._wanted = self._begun, 0.0

    def verdict(self) -> tuple[str, str] | None:
        """("hang" | "starved", sentence), or None while it may go on."""
        now, seconds = time.monotonic(), self.patience.seconds
        used, wants = processor_seconds(self._pid)
        used -= self._used_before
        if wants:
            self._wanted += now - self._looked
        self._looked = now
        if now - self._begun < min(seconds, 1.0):
            return None
        if wants or used > self._used + 0.01:
            self._moved, self._used = now, used
        if used >= seconds or now - self._moved >= seconds:
            return "hang", HANGS
        return self._taken_too_long(now - self._begun, used)

    def _taken_too_long(self, elapsed: float, used: float) -> tuple[str, str] | None:
        """The clock stands while the child is kept waiting; where nobody tells whether it is, it is believed to be."""
        if elapsed < self.patience.longest:
            return None
        if SYSTEM_TELLS and elapsed - max(0.0, self._wanted - used) >= self.patience.longest:
            return "hang", HANGS
        if SYSTEM_TELLS and elapsed < PATIENCE * self.patience.longest:
            return None
        return "starved", "the machine was too busy to tell"


def processor_seconds(pid: int) -> tuple[float, bool]:
    """Processor seconds the process has used, and whether a thread of it wants the processor now."""
    try:
        fields = _state(f"/proc/{pid}")
        used = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return used, any(_wants_processor(f"/proc/{pid}/task/{one}") for one in os.listdir(f"/proc/{pid}/task"))
    except (OSError, IndexError, ValueError):
        return _processor_seconds_elsewhere(pid)


def _wants_processor(thread: str) -> bool:
    try:
        return _state(thread)[0] in "RD"
    except (OSError, IndexError):  # it has ended since
        return False


def _state(folder: str) -> list[str]:
    """What the system tells of a process, or of a thread, from its state on."""
    with open(f"{folder}/stat", encoding="ascii", errors="replace") as file:
        return file.read().rpartition(")")[2].split()


def _processor_seconds_elsewhere(pid: int) -> tuple[float, bool]:
    import psutil  # only where there is no /proc

    try:
        process = psutil.Process(pid)
        return sum(process.cpu_times()[:2]), process.status() == psutil.STATUS_RUNNING
    except psutil.Error:
        return 0.0, False


def _messages(data: bytes, words: Sequence[str]) -> list[tuple[str, Any]]:
    """(kind, value) of each line that carries the secret word of its report; any other makes one `forged` message."""
    signed = {word.encode(): kinds for word, kinds in zip(words, REPORTS, strict=True)}
    messages: list[tuple[str, Any]] = []
    for line in data.split(b"\n")[:-1]:
        word, _, rest = line.partition(b" ")
        kind, _, text = rest.partition(b" ")
        try:
            if kind.decode("ascii") not in signed[word]:
                raise ValueError
            messages.append((kind.decode("ascii"), wire.unpack(text.decode("ascii"))))
        except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
            return [("forged", "the submission wrote to the judge's own channel; take that out")]
    return messages


def _exit_in_words(status: int) -> tuple[str, str]:
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGXCPU:
            return "hang", HANGS
        if number in (signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGILL):
            return "crash", "the code crashed Python itself (recursion without an end does that)"
        if number == signal.SIGKILL:
            return "killed", "the code killed its process, or closed the descriptors that it is judged through; don't"
        return "killed", f"the code's process was ended by signal {number}; a repair sends itself no signals"
    if os.WEXITSTATUS(status) == CHANNEL_LOST:
        return "crash", "the code closed the descriptors that it is judged through; close what you opened, no others"
    if os.WEXITSTATUS(status) == BROKEN:
        return "broken", "the course's own part of the process failed"
    return "exit", "the code ended the Python process (os._exit or the like); take that out"
