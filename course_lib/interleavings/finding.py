"""The explorer for a developer at work: one call on functions as they are, and a pytest fixture.

    found = find_race(UserCounter, [UserCounter.increment] * 2, lambda counter: counter.count == 2)
    print(found)

It covers every schedule of this one small program, or says that it did not. What it can't see: code without source,
data that C libraries share, delays in real time, and faults that need more threads or calls than the program has.
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from course_lib.interleavings.exploring.search import (
    Exploration,
    Outcome,
    Program,
    explore,
    namespaces_entered,
)
from course_lib.interleavings.exploring.unbegun import NothingRan, begun
from course_lib.interleavings.observing.library import REAL_LOCK
from course_lib.interleavings.rewriting.adoption import (
    Newcomers,
    different,
    functions_behind,
    namespaces_of,
    rewritten,
)
from course_lib.interleavings.telling.recording import replay
from course_lib.interleavings.telling.trace import Trace

State = TypeVar("State")
ADVICE = "\nask with fewer threads or fewer calls; schedules=100_000 tries more, preemptions=2 asks for less"
SIGN_OF_LIFE = 5_000


@dataclass(frozen=True)
class Finding:
    """What a search said about a program."""

    verdict: str
    """"safe" (every schedule covered), "open" (not all covered, no fault found), "race" (the condition does not hold
    in the end), "exception", "deadlock", "livelock" or "endless"."""
    exploration: Exploration
    trace: Trace | None
    """The simplest schedule that goes wrong, step by step; None where none was found."""

    @property
    def is_safe(self) -> bool:
        """True only where every schedule was covered and all were fine."""
        return self.verdict == "safe"

    def __str__(self) -> str:
        count = self.exploration.schedules
        if self.verdict == "safe":
            return f"safe: all {count} schedules that can matter were run, and the condition held after each"
        if self.trace is None:
            return f"open: no fault in {count} schedules, but not all were run: {self.exploration.reason}{self._more()}"
        return f"{self.verdict}, found in schedule {count}\n\n{self.trace}"

    __repr__ = __str__

    def _more(self) -> str:
        """What was covered all the same, and what to try."""
        bound = self.exploration.bound_completed
        covered = (
            ""
            if bound is None
            else f"\nall schedules with up to {bound} preemption{'' if bound == 1 else 's'} were run"
        )
        return covered + (ADVICE if "budget" in self.exploration.reason else "")


def find_race(
    setup: Callable[[], State],
    threads: Sequence[Callable[[State], Any]],
    holds: Callable[[State], Any],
    *,
    schedules: int = 20_000,
    preemptions: int | None = None,
    seconds: float | None = None,
) -> Finding:
    """The simplest schedule after which `holds(state)` is false, or in which a thread raises or waits for ever.

    `setup()` makes a fresh state for each run; each of `threads` is called with it, on a thread of its own. Whichever
    budget is spent first ends the search: so many `schedules`, or no new one after so many `seconds`.

    What runs is rewritten, whichever module it lives in: where a run meets code that is not, the search takes in the
    modules of that code and starts over. What `setup` or `holds` raises propagates. RuntimeError where the schedule
    that went wrong did not repeat itself, to be told step by step.
    """
    if not threads:
        return _never_ran("there is no thread to run")
    functions = functions_behind([setup, *threads, holds])
    came_through: list[dict[str, Any]] = []
    while True:
        newcomers = Newcomers(functions)
        namespaces = different([*namespaces_of(functions), *came_through])
        program = Program(_made_by(setup), threads, lambda state: bool(begun("holds", holds(state))), namespaces)
        with rewritten(functions):
            try:
                found = explore(
                    program,
                    schedules=schedules,
                    preemptions=preemptions,
                    seconds=seconds,
                    stop=_is_bad,
                    progress=_tell,
                    can_be_rewritten=newcomers.that_run,
                )
            except NothingRan as problem:
                return _never_ran(str(problem))
            if found.reason == REAL_LOCK and not came_through:
                came_through = namespaces_entered(program)
                functions += newcomers.living_in(came_through)
                continue
            if not found.adoptable:
                return _told(program, found)
        functions += [function for code in found.adoptable for function in newcomers.that_run(code)]


def _never_ran(because: str) -> Finding:
    return Finding("open", Exploration((), 0, False, None, because), None)


def _made_by(setup: Callable[[], State]) -> Callable[[], State]:
    """The same set-up; what it makes may be a generator, and no coroutine."""

    @functools.wraps(setup, updated=())
    def made() -> State:
        state = setup()
        if not inspect.isgenerator(state):
            begun("setup", state)
        return state

    return made


def _told(program: Program, found: Exploration) -> Finding:
    bad = next(filter(_is_bad, found.outcomes), None)
    trace = None if bad is None else replay(program, bad.schedule)
    if bad is not None and trace is not None and bad.observed is False:
        trace = replace(trace, final="holds(state) false")
    return Finding(_verdict(found, bad), found, trace)


def _tell(schedules: int) -> None:
    if schedules % SIGN_OF_LIFE == 0:
        sys.stderr.write(f"find_race: {schedules:,} schedules run, no fault so far\n")


def _is_bad(outcome: Outcome) -> bool:
    return outcome.status != "done" or outcome.observed is not True or _raises(outcome)


def _raises(outcome: Outcome) -> bool:
    return any(result[0] == "raised" for result in outcome.results)


def _verdict(found: Exploration, bad: Outcome | None) -> str:
    if bad is not None:
        return bad.status if bad.status != "done" else "exception" if _raises(bad) else "race"
    return "safe" if found.exhausted else "open"


def assert_no_race(
    setup: Callable[[], State], threads: Sequence[Callable[[State], Any]], holds: Callable[[State], Any], **budget: Any
) -> None:
    """For tests: AssertionError with the losing interleaving, or because not every schedule could be covered.

    What `find_race` raises propagates: RuntimeError, and whatever `setup` or `holds` raises.
    """
    found = find_race(setup, threads, holds, **budget)
    assert found.is_safe, str(found)
