"""Searches the schedules of a program, those with the fewest preemptions first, and keeps each distinct outcome.

A state that was met before with as few preemptions is not branched again, and only places on which two threads are
found to race (or locks that two threads use) are points at all; when a run shows a new one, the search starts over
with it. Budgets are counts, so the result is the same on every machine. What it can't see: delays in real time,
state that is changed inside C libraries or outside the process, and more threads or calls than the program has.
"""

from __future__ import annotations

import functools
import gc
import random
import sys
import time
import types
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from course_lib.interleavings.exploring.audit import Audit, Entered
from course_lib.interleavings.exploring.circles import Circles
from course_lib.interleavings.exploring.frontier import Branch, Frontier
from course_lib.interleavings.exploring.namespaces import Restorer
from course_lib.interleavings.exploring.one_processor import OneProcessor
from course_lib.interleavings.exploring.scheduler import Run
from course_lib.interleavings.exploring.unbegun import never_ran
from course_lib.interleavings.exploring.worker import Abort, Worker
from course_lib.interleavings.observing import places
from course_lib.interleavings.observing.identity import start_numbers
from course_lib.interleavings.waiting.patching import cooperating, forget_children

_monotonic = time.monotonic  # the original: the name is exchanged while a program is explored
RESTARTS = 60
BRANCHED = 400  # in a run that never ends, later steps only repeat themselves
ENDLESS = 3
COLLECTED = 200  # runs after which cycles of the program's own are collected


@dataclass(frozen=True)
class Program:
    """What is explored: `setup()` makes the state, each thread gets it, `observe(state)` tells what is left."""

    setup: Callable[[], Any]
    threads: Sequence[Callable[[Any], Any]]
    observe: Callable[[Any], Any] = lambda state: None
    """What is compared and shown of the state when all threads have ended; None where nothing is."""
    namespaces: Sequence[dict[str, Any]] = ()
    """Modules' dicts whose state is put back before each run."""
    names: Sequence[str] = ()
    """The names of the threads, as the program sees them; T0, T1, … where none are given."""

    def functions(self) -> list[Callable[..., Any]]:
        """What runs in each run."""
        return [self.setup, *self.threads, self.observe]


@dataclass(frozen=True)
class Schedule:
    """Which thread took each step, and which places were points: enough to run it again."""

    choices: tuple[int, ...]
    points: frozenset[Hashable]
    preemptions: int


@dataclass(frozen=True)
class Outcome:
    """One way for the program to end."""

    status: str
    """"done", "deadlock", "livelock" (threads only wait for each other in loops) or "endless"."""
    results: tuple[tuple[Any, ...], ...]
    """For each thread ("returned", value), ("raised", name of the exception, message) or ("unfinished",)."""
    observed: Any
    """What `observe` gave; None unless the status is "done"."""
    schedule: Schedule = field(compare=False)
    """The simplest schedule that ended this way."""
    detail: str = field(default="", compare=False)
    """Who waits for whom, where it did not end."""


@dataclass(frozen=True)
class Exploration:
    """What a search found, and how much it proves."""

    outcomes: tuple[Outcome, ...]
    schedules: int
    """How many runs it took."""
    exhausted: bool
    """No other outcome is possible for this program: every schedule was covered."""
    bound_completed: int | None
    """All schedules with up to this many preemptions were covered; None where not even 0 was, or where all were."""
    reason: str
    """Why it isn't exhausted; empty where it is."""
    adoptable: tuple[types.CodeType, ...] = ()
    """Code that ran, was not rewritten and could be, where `explore` was told to end at such."""

    def __str__(self) -> str:
        if self.exhausted:
            extent = "every schedule covered"
        else:
            bound = (
                "" if self.bound_completed is None else f"; all with up to {self.bound_completed} preemptions covered"
            )
            extent = f"not exhausted: {self.reason}{bound}"
        lines = [f"{self.schedules} schedules run, {extent}"]
        lines += [f"  {outcome.status}: {outcome.observed!r} {outcome.results!r}" for outcome in self.outcomes]
        return "\n".join(lines)


def play(
    program: Program,
    choices: Sequence[int],
    points: set[Hashable],
    kinds: Sequence[int],
    seen: dict[Hashable, int] | None = None,
    recorder: Any = None,
    audit: Audit | Entered | None = None,
) -> tuple[Run, Any]:
    """One run from a fresh state; the run and the state after it."""
    random.seed(0)
    start_numbers()
    state = program.setup()
    run = Run(choices, seen, points)
    run.recorder, run.audit, run.names = recorder, audit, program.names
    places.name_parts(run, state)
    run.play([functools.partial(thread, state) for thread in program.threads], kinds)
    forget_children()
    return run, state


def namespaces_entered(program: Program) -> list[dict[str, Any]]:
    """The module dicts of all functions that its set-up and its threads call in one run, the library's left out."""
    entered = Entered()
    with cooperating(), _unwinding_is_silent():
        run = replace(program, setup=entered.watching(program.setup))
        play(run, (), set(), kinds_of(program.threads), audit=entered)
    return entered.namespaces


def conclude(program: Program, run: Run, state: Any) -> Outcome:
    schedule = Schedule(
        tuple(one.chosen for one in run.decisions if one.chosen >= 0), frozenset(run.order.points), run.cost
    )
    results = tuple(_result(worker) for worker in run.workers if worker.is_main)
    if run.status == "done":
        return Outcome("done", results, program.observe(state), schedule)
    return Outcome(run.status, results, None, schedule, run.reason)


def _result(worker: Worker) -> tuple[Any, ...]:
    if worker.outcome is None:
        return ("unfinished",)
    kind, value = worker.outcome
    return (kind, value) if kind == "returned" else (kind, type(value).__name__, str(value))


class _Search:
    """The search for one set of points."""

    def __init__(self, program: Program, points: set[Hashable], kinds: list[int], audit: Audit, in_loops: bool) -> None:
        self.program, self.points, self.kinds, self.audit = program, points, kinds, audit
        self.frontier = Frontier()
        self.outcomes: dict[str, Outcome] = {}
        self.circles = Circles() if in_loops else None
        self.bounded = self.cut = False
        self.run_whole: dict[Hashable, str] = {}
        self.never_ran = ""

    def advance(self, limit: int | None) -> Run | None:
        """Runs the next schedule; None when it was overtaken by a cheaper one."""
        branch = self.frontier.pop()
        if branch is None:
            return None
        choices = branch.choices()
        run, state = play(self.program, choices, self.points, self.kinds, self.frontier.seen, audit=self.audit)
        self.cut |= len(run.decisions) > BRANCHED
        self.run_whole.update(run.run_whole)
        self.never_ran = self.never_ran or _never_ran(run)
        if run.status in ("done", "deadlock", "livelock", "endless") and not self.never_ran:
            outcome = conclude(self.program, run, state)
            self.outcomes.setdefault(repr((outcome.status, outcome.results, outcome.observed)), outcome)
        self._branch(run, len(choices), limit)
        return run

    def _branch(self, run: Run, known: int, limit: int | None) -> None:
        """Every other choice that this run could have made from its `known`-th decision on is a schedule to be run."""
        taken = [one.chosen for one in run.decisions]
        if self.circles is not None:
            self.circles.add([one.state for one in run.decisions], taken, run.status != "pruned")
        for position in range(known, min(len(taken), BRANCHED)):
            decision = run.decisions[position]
            for index, price in decision.options:
                cost, key = decision.cost + price, (decision.state, index)
                if index == decision.chosen or not self.frontier.is_new(key, cost):
                    continue
                if limit is not None and cost > limit:
                    self.bounded = True
                else:
                    self.frontier.push(Branch(cost, taken, position, index, key))

    def add_circles(self) -> None:
        """An outcome for threads that run in circles for ever, if they can."""
        choices = self.circles.way_into_one() if self.circles is not None else None
        if choices is not None:
            schedule = Schedule(choices, frozenset(self.points), 0)
            results = tuple(("unfinished",) for _ in self.program.threads)
            self.outcomes["circle"] = Outcome("livelock", results, None, schedule, "the threads run in circles")

    def unseen(self) -> str:
        """What ran and could not be seen, for which the search is no proof; empty where all was seen."""
        unknown = self.audit.unknown()
        if unknown:
            return f"code ran that could not be rewritten: {unknown}"
        if self.never_ran:
            return self.never_ran
        whole = sorted(name for label, name in self.run_whole.items() if label in self.points)
        return f"{whole[0]} takes many steps on what other threads touch too, and ran as one" if whole else ""


def _never_ran(run: Run) -> str:
    """A thread that called an `async def` function, or a generator's, has made something and run nothing of it."""
    told = [never_ran(worker.name, worker.outcome[1]) for worker in run.workers if worker.outcome is not None]
    return next(filter(None, told), "")


def kinds_of(threads: Sequence[Callable[..., Any]]) -> list[int]:
    """For each thread the number of the first that does the same; two are told apart, so that both orders are shown."""
    first = [next(number for number, other in enumerate(threads) if _do_the_same(one, other)) for one in threads]
    return [kind if first.count(kind) > 2 else number for number, kind in enumerate(first)]


def _do_the_same(one: Any, other: Any) -> bool:
    """Whether two functions are one, or one piece of code twice, with the same objects in its closure and defaults."""
    if one is other:
        return True
    if type(one) is not types.FunctionType or type(other) is not types.FunctionType:
        return False
    return one.__code__ is other.__code__ and list(map(id, _bound(one))) == list(map(id, _bound(other)))


def _bound(function: types.FunctionType) -> list[Any]:
    cells = [cell.cell_contents for cell in function.__closure__ or () if cell != types.CellType()]
    return [function.__globals__, *cells, *(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()]


def explore(
    program: Program,
    *,
    schedules: int = 20_000,
    enough: tuple[int, int] | None = None,
    preemptions: int | None = None,
    seconds: float | None = None,
    stop: Callable[[Outcome], bool] | None = None,
    progress: Callable[[int], None] | None = None,
    can_be_rewritten: Callable[[types.CodeType], object] | None = None,
) -> Exploration:
    """Every distinct outcome of `program`, within at most `schedules` runs and, if given, `preemptions` a run.

    `enough` are a number of preemptions and one of runs: a search that has covered all with up to so many preemptions
    ends after so many runs. With `seconds` no run begins later than that; what was found until then depends on the
    machine.

    `stop` ends the search at an outcome, and `can_be_rewritten` at the first run of code that was not rewritten and of
    which it is true; `progress` is told after each run how many there were.
    """
    collecting = gc.isenabled()
    with (
        cooperating(),
        _unwinding_is_silent(),
        Restorer(program.namespaces, program.functions()) as restorer,
        Audit() as audit,
        OneProcessor() as processor,
    ):
        gc.disable()
        try:
            over = _Budget(schedules, enough, seconds)
            return _explore(program, over, preemptions, stop, progress, can_be_rewritten, restorer, audit, processor)
        finally:
            places.forget_kinds()
            if collecting:
                gc.enable()


@contextmanager
def _unwinding_is_silent() -> Iterator[None]:
    """A generator that is closed when a run is over meets the end of it in its `finally`: nobody's error."""
    told = sys.unraisablehook

    def unless_unwinding(unraisable: Any) -> None:
        if unraisable.exc_type is not Abort:
            told(unraisable)

    sys.unraisablehook = unless_unwinding
    try:
        yield
    finally:
        sys.unraisablehook = told


class _Budget:
    """How many runs, how many are enough, and how many seconds from now where these are given."""

    def __init__(self, schedules: int, enough: tuple[int, int] | None, seconds: float | None) -> None:
        self._schedules, self._enough, self._seconds = schedules, enough, seconds
        self._end = None if seconds is None else _monotonic() + seconds

    def spent(self, count: int, lowest: int | None) -> str:
        """The sentence after `count` runs; empty as long as another, of the `lowest` price that waits, may begin."""
        if count >= self._schedules:
            return f"the budget of {self._schedules} schedules is spent"
        if self._enough is not None and lowest is not None and lowest > self._enough[0] and count >= self._enough[1]:
            return f"the budget of {self._enough[1]} schedules is spent"
        if self._end is not None and count and _monotonic() >= self._end:
            return f"the budget of {self._seconds:g} seconds is spent"
        return ""


def _explore(
    program: Program,
    budget: _Budget,
    limit: int | None,
    stop: Callable[[Outcome], bool] | None,
    progress: Callable[[int], None] | None,
    can_be_rewritten: Callable[[types.CodeType], object] | None,
    restorer: Restorer,
    audit: Audit,
    processor: OneProcessor,
) -> Exploration:
    points: set[Hashable] = set()
    kinds = kinds_of(program.threads)
    count = restarts = endless = 0
    in_loops = False
    search = _Search(program, points, kinds, audit, in_loops)
    while True:
        if not search.frontier:
            if not search.bounded and not search.cut:
                search.add_circles()
            return _report(search, count, limit, "")
        if spent := budget.spent(count, search.frontier.lowest()):
            return _report(search, count, limit, spent)
        restorer.restore()
        audit.next_run()
        processor.next_run()
        known = len(search.outcomes)
        run = search.advance(limit)
        if run is None:
            continue
        count += 1
        if progress is not None:
            progress(count)
        if search.never_ran:
            return _report(search, count, limit, search.never_ran)
        if met := audit.adoptable(can_be_rewritten):
            return replace(_report(search, count, limit, ""), adoptable=met)
        endless += run.status == "endless"
        status, reason, found, spun = run.status, run.reason, run.order.found - points, run.spun
        run.forget()
        if count % COLLECTED == 0:
            gc.collect(1)
        if endless >= ENDLESS:
            return _report(search, count, limit, "a call never ends")
        if status == "undecided":
            return _report(search, count, limit, reason)
        if found or (spun and not in_loops):
            points, in_loops = points | found, in_loops or spun
            restarts += bool(found)
            if restarts > RESTARTS:
                return _report(search, count, limit, "the places that threads share differ from run to run")
            search = _Search(program, points, kinds, audit, in_loops)
        elif stop is not None and len(search.outcomes) > known and stop(list(search.outcomes.values())[-1]):
            return _report(search, count, limit, "stopped at the outcome that was looked for")


def _report(search: _Search, count: int, limit: int | None, reason: str) -> Exploration:
    unseen = search.unseen()
    reason = reason or unseen
    if search.bounded:
        reason = reason or f"the search was asked for no more than {limit} preemptions a schedule"
    if search.cut:
        reason = reason or f"a schedule has more than {BRANCHED} places at which threads can change"
    lowest = search.frontier.lowest()
    bound: int | None = (limit or 0) if lowest is None else lowest - 1
    if not reason or search.cut or unseen or bound is None or bound < 0:
        bound = None
    return Exploration(tuple(search.outcomes.values()), count, not reason, bound, reason)
