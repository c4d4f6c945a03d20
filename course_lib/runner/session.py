"""The judge's side of one run: sends the cases, listens, watches the clock fairly, and says what happened.

How long it waits is told in `patience.py`, how the process is started in `warm.py` and `fresh.py`.
"""

from __future__ import annotations

import marshal
import secrets
import signal
import struct
import sys
from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

from course_lib import wire
from course_lib.hazards.plainly import shown
from course_lib.hazards.terms import Hangs, SubmissionError, Task, Unmeasured
from course_lib.reading import Confinement, weakest
from course_lib.runner.child import BROKEN, CHANNEL_LOST
from course_lib.runner.confinement.scratch import Quota, scratch_folder
from course_lib.runner.how_far import HowFar, unheard
from course_lib.runner.machine import kills_for_memory, loopback_trouble, shortage
from course_lib.runner.parent import Parent, ParentEnded, ParentLost, Run
from course_lib.runner.patience import HANGS, Patience, Watch
from course_lib.runner.side_by_side import in_order
from course_lib.runner.source import Submission

LOADING, LONGEST = 4.0, 13.0
ALL_CELLS = 60.0  # seconds for loading a notebook, whose slow cells are interrupted one by one
MOST_BYTES = 64 << 20
REPORTS = (
    ("level", "cell", "skipped", "loaded", "missing", "unrunnable", "broken"),  # signed with the first word
    ("measured", "changed", "unrunnable"),  # signed with the last: see report.py
)
MOST_OF_INPUT = 120  # characters of each value that a code was given which does not come back
MOST_LEFT_OUT = 2  # cells that neither come back nor can be interrupted; each costs some seconds
LOST = ("ended", ("killed", "the judge's own process was killed"))
PROCESSOR_TIME_UP, KILLED = 24, 9  # signals' numbers, the same wherever there are any
CRASHED = frozenset(
    [-getattr(signal, name) for name in ("SIGSEGV", "SIGBUS", "SIGABRT", "SIGILL") if hasattr(signal, name)]
    + [0xC0000005, 0xC00000FD, 0xC0000409]  # how a process ends on Windows that broke its memory or its stack
    + ([3] if sys.platform == "win32" else [])  # abort() there
)


class NotLoaded(SubmissionError):
    """The submission fell over before any task of it could be called; true of every task alike."""


class Session:
    """One task of one submission; calling it is the `observe` that graders are given.

    Unless what it is judged against is unseen, it knows what the code printed, and on what it did not come back.
    """

    def __init__(
        self,
        parent: Parent,
        submission: Submission,
        name: str,
        task: Task,
        how_far: HowFar = unheard,
    ) -> None:
        self.name, self._parent, self._submission, self._how_far = name, parent, submission, how_far
        self._control, self._given, self._tells, self._apart = task.control, task.given, not task.unseen, task.apart
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
        part: tuple[int, int] | None = None,
        alone: bool = False,
    ) -> list[dict[str, Any]]:
        if part is not None:
            self._how_far(*part)
        if ports and (trouble := loopback_trouble()):
            raise Unmeasured(trouble)
        patience = Patience(seconds, longest)
        shares = self._shares(len(cases), alone)
        observe = partial(self._shared_out, shares) if len(shares) > 1 else self._observe
        observed = observe(cases, ports, patience)
        self.observations = [*self.observations, *observed]
        return observed

    def _observe(
        self, cases: Sequence[dict[str, Any]], ports: Sequence[int], patience: Patience
    ) -> list[dict[str, Any]]:
        messages = self._run(self._submission, cases, ports, patience)
        while len(self._left_out) < MOST_LEFT_OUT and (label := _stuck_in(messages)) is not None:
            self._left_out.append(label)
            self._submission = self._submission.without(label)
            messages = self._run(self._submission, cases, ports, patience)
        return self._interpret(messages, len(cases))

    def _shares(self, count: int, alone: bool) -> list[slice]:
        """Which cases have a run of their own: each `alone`, or every so manyth where worlds are apart, or all."""
        if alone:
            return [slice(number, number + 1) for number in range(count)]
        at_once = min(self._parent.at_once, count) if self._apart else 1
        return [slice(first, None, at_once) for first in range(at_once)]

    def _shared_out(
        self, shares: Sequence[slice], cases: Sequence[dict[str, Any]], ports: Sequence[int], patience: Patience
    ) -> list[dict[str, Any]]:
        """The same by several runs, a few at once; read in their order, so that one tells."""
        runs = [partial(self._run, self._submission, cases[share], ports, patience) for share in shares]
        observed: list[dict[str, Any]] = [{}] * len(cases)
        for messages, share in zip(in_order(runs, self._parent.at_once), shares, strict=True):
            observed[share] = self._interpret(messages, len(cases[share]))
        return observed

    def _run(
        self,
        submission: Submission | None,
        cases: Sequence[dict[str, Any]],
        ports: Sequence[int],
        patience: Patience,
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
        patience: Patience,
    ) -> list[tuple[str, Any]]:
        renewed = self._parent.times_renewed
        try:
            with scratch_folder() as scratch:
                if lacks := shortage(scratch):
                    raise Unmeasured(lacks)
                messages = self._talk(self._request(submission, cases, ports, scratch, patience), patience)
                if lacks := shortage(scratch):
                    raise Unmeasured(lacks)
                return messages
        except ParentEnded:
            self._renew_parent(renewed)
            return [LOST]
        except ParentLost as error:
            raise Unmeasured(str(error)) from error
        except OSError as error:
            raise Unmeasured(f"no scratch folder or process could be had: {error.strerror}") from error

    def _renew_parent(self, times_renewed: int) -> None:
        try:
            self._parent.renew(times_renewed)
        except ParentLost as error:
            raise Unmeasured(str(error)) from error

    def _request(
        self,
        submission: Submission | None,
        cases: Sequence[dict[str, Any]],
        ports: Sequence[int],
        scratch: str,
        patience: Patience,
    ) -> dict[str, Any]:
        cells = submission.cells if submission else ()
        return {
            "task": self.name,
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

    def _talk(self, request: dict[str, Any], patience: Patience) -> list[tuple[str, Any]]:
        words = [secrets.token_hex(16) for _ in REPORTS]
        with self._parent.room, self._parent.start() as run:
            try:
                loading = Patience(min(LOADING, patience.seconds), ALL_CELLS if request["notebook"] else LONGEST)
                quota = Quota(request["scratch"])
                data, ending = _converse(run, _framed(request, *words), loading, patience, quota)
                if ending and ending[0] == "hang":
                    ending = "hang", ending[1] + _where(run, request["cases"] if self._tells else (), self._given)
            except BaseException:
                run.end(over=False)
                raise
            code = run.end(over=ending is None)
            run.printed.drain_all()
            printed = run.printed.lines() if self._tells else ""
        return [*_messages(data, words), ("printed", printed), ("ended", ending or _exit_in_words(code))]

    def _interpret(self, messages: list[tuple[str, Any]], expected: int) -> list[dict[str, Any]]:
        told: dict[str, list[Any]] = {}
        for kind, value in messages:
            told.setdefault(kind, []).append(value)
        self.printed = "".join(told.get("printed", ())) or self.printed
        self.skipped = list(map(str, told.get("skipped", [[]])[0]))
        self.confinement = weakest([self.confinement, *map(self._held_by, told.get("level", ()))])
        failure = NotLoaded if "loaded" not in told else SubmissionError
        for kind in ("forged", "missing", "unrunnable"):
            if kind in told:
                raise (SubmissionError if kind == "missing" else failure)(str(told[kind][0]))
        if "broken" in told or told["ended"][0][0] == "broken":
            raise self._blame(f"it broke off ({told.get('broken', ['at its end'])[0]})")
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

    def _held_by(self, told: Any) -> Confinement:
        """What held a process: the box of its parent, where there is one, and what it was confined by itself."""
        return Confinement(told["complete"] is True, ", ".join(filter(None, [self._parent.held, str(told["told"])])))

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
        alone = dict(self._run(None, (), (), Patience(LOADING, LONGEST)))
        if "measured" in alone and self._sees(alone["measured"]):
            return SubmissionError(
                "the submission changes Python's built-ins, a library or the measuring instrument, so nothing can be "
                f"measured: {what}; a repair leaves these alone"
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


def _framed(*values: Any) -> bytes:
    """The values as the child's `receive` reads them: the request, and a secret word for each of its reports."""
    packed = [_marshalled(value) for value in values]
    return b"".join(struct.pack("!I", len(text)) + text for text in packed)


def _marshalled(value: Any) -> bytes:
    """Python's own form, a fraction of the work: what the judge says can be trusted, unlike what comes back."""
    try:
        return marshal.dumps(value)
    except ValueError:  # a named tuple, say, which crosses as a tuple
        return marshal.dumps(wire.unpack(wire.pack(value)))


def _where(run: Run, cases: Sequence[dict[str, Any]], names: Collection[str]) -> str:
    """The line in which a child stands that does not come back, and what of its case has one of these names."""
    line, case = run.printed.stood_in(run.pid), run.printed.case
    told = f"; it stood in {line}" if line else ""
    if case is None or not case < len(cases):
        return told
    given = [f"{name}={shown(value, MOST_OF_INPUT)}" for name, value in cases[case].items() if name in names]
    return f"{told}, on {', '.join(given)}" if given else told


def _converse(
    run: Run, request: bytes, loading: Patience, patience: Patience, quota: Quota
) -> tuple[bytes, tuple[str, str] | None]:
    """Sends the request and reads to the end; the second value says how it was cut short, if it was."""
    data = bytearray()
    watch = Watch(run.pid, loading)
    run.ask(request)
    while (part := run.listen()) is not None:
        if part:
            data += part
            watch.heard(patience if b" loaded " in data else None)
        if len(data) > MOST_BYTES:
            return bytes(data), ("flood", "the code returned far more than was asked for")
        if passed := run.exceeded() or quota.exceeded():
            return bytes(data), ("limit", passed)
        if (verdict := watch.verdict(run.printed.kept_waiting())) is not None:
            return bytes(data), verdict
    return bytes(data), None


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


def _exit_in_words(code: int) -> tuple[str, str]:
    if code == -PROCESSOR_TIME_UP:
        return "hang", HANGS
    if code in CRASHED:
        return "crash", "the code crashed Python itself (recursion without an end does that)"
    if code == -KILLED:
        return "killed", "the code killed its process, or closed the descriptors that it is judged through; don't"
    if code < 0:
        return "killed", f"the code's process was ended by signal {-code}; a repair sends itself no signals"
    if code == CHANNEL_LOST:
        return "crash", "the code closed the descriptors that it is judged through; close what you opened, no others"
    if code == BROKEN:
        return "broken", "the course's own part of the process failed"
    return "exit", "the code ended the Python process (os._exit or the like); take that out"
