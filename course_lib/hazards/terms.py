"""Graders run in the judge's process: they choose the cases, hold the expected values and state the checks.

They never import a probe or a submission; all they get is plain data from `observe`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from course_lib.reading import Check


class SubmissionError(Exception):
    """The submission could not be run; the message is the sentence a learner reads."""


class Hangs(SubmissionError):
    """The submission was called and did not come back."""


class Unmeasured(Exception):
    """The judge or the machine was at fault; the message says what happened."""


class Observe(Protocol):
    """Runs cases in one fresh confined process with the submission loaded; one observation a case, in order.

    `ports` are the loopback TCP ports the submission may reach; `seconds` is how long it may burn the processor,
    or stand still, before it counts as hanging; `longest` is how long the run may take in all. With `alone` each case
    has such a process of its own, with as many seconds. Where a judgement takes many runs, `part` tells which of how
    many this is, for whoever waits.
    """

    def __call__(
        self,
        cases: Sequence[dict[str, Any]],
        ports: Sequence[int] = (),
        seconds: float = 4.0,
        longest: float = 13.0,
        part: tuple[int, int] | None = None,
        alone: bool = False,
    ) -> list[dict[str, Any]]: ...


@dataclass(frozen=True)
class Control:
    """A cheap case on which the instrument must tell the known-bad sample from its repaired twin, every time."""

    case: dict[str, Any]
    is_bad: Callable[[dict[str, Any]], bool]


@dataclass(frozen=True)
class Task:
    """How one task is judged; `evidence` may turn all that was observed into plain data for a picture.

    `function` names the checks about what the task is for, all of which the starter passes; every other check is about
    the hazard. `given` are the names in its cases of what the code is given, which is told where it does not come back;
    the rest says how it is tried. Where what it is judged against must stay `unseen`, neither that nor what the code
    prints is told. Where its cases are worlds `apart`, each with all it needs, they may be shared out among a few runs
    at once; each run then has the seconds that were asked for.
    """

    judge: Callable[[Observe], list[Check]]
    control: Control | None = None
    evidence: Callable[[list[dict[str, Any]]], dict[str, Any] | None] | None = None
    function: Collection[str] = ()
    given: Collection[str] = ()
    unseen: bool = False
    apart: bool = False
