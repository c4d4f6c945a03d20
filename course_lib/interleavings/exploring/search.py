"""Searches the schedules of a program, those with the fewest preemptions first, and keeps each distinct outcome.

A state that was met before with as few preemptions is not branched again, and only places on which two threads are
found to race (or locks that two threads use) are points at all; when a run shows a new one, the search starts over
with it. Budgets are counts, so the result is the same on every machine. What it can't see: delays in real time,
state that is changed inside C libraries or outside the process, and more threads or calls than the program has.
"""

from __future__ import annotations

import functools
import gc
import heapq
import itertools
import random
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from course_lib.interleavings.exploring.audit import Audit
from course_lib.interleavings.exploring.namespaces import Restorer
from course_lib.interleavings.exploring.scheduler import Run
from course_lib.interleavings.exploring.worker import Worker
from course_lib.interleavings.observing import places
from course_lib.interleavings.waiting.patching import cooperating, forget_children

RESTARTS = 60
BRANCHED = 400  # in a run that never ends, later steps only repeat themselves
ENDLESS = 3


@dataclass(frozen=True)
class Program:
    """What is explored: `setup()` makes the state, each thread gets it, `observe(state)` tells what is left."""

    setup: Callable[[], Any]
    threads: Sequence[Callable[[Any], Any]]
    observe: Callable[[Any], Any] = lambda state: None
    namespaces: Sequence[dict[str, Any]] = ()
    """Modules' dicts whose state is put back before each run."""


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
    seen: dict[Hashable, int] | None = None,
    recorder: Any = None,
    audit: Audit | None = None,
) -> tuple[Run, Any]:
    """One run from a fresh state; the run and the state after it."""
    random.seed(0)
    state = program.setup()
    run = Run(choices, seen, points)
    run.recorder, run.audit = recorder, audit
    places.name_parts(run, state)
    run.play([functools.partial(thread, state) for thread in program.threads])
    forget_children()
    return run, state


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
    """The frontier of schedules not yet run, for one set of points."""

    def __init__(self, program: Program, points: set[Hashable], audit: Audit) -> None:
        self.program, self.points, self.audit = program, points, audit
        self.seen: dict[Hashable, int] = {}
        self.frontier: list[tuple[int, int, tuple[int, ...], Hashable]] = [(0, 0, (), None)]
        self.outcomes: dict[str, Outcome] = {}
        self.order = itertools.count(1)
        self.skipped = False
        self.met: dict[Hashable, tuple[int, ...]] = {}  # each state with the choices that led to it
        self.edges: set[tuple[Hashable, Hashable]] = set()
        self.ends: set[Hashable] = set()

    def advance(self, limit: int | None) -> Run | None:
        """Runs the next schedule; None when it was overtaken by a cheaper one."""
        cost, _, choices, key = heapq.heappop(self.frontier)
        if key is not None and self.seen.get(key, cost) < cost:
            return None
        run, state = play(self.program, choices, self.points, self.seen, audit=self.audit)
        self.skipped |= len(run.decisions) > BRANCHED
        if run.status in ("done", "deadlock", "livelock", "endless"):
            outcome = conclude(self.program, run, state)
            self.outcomes.setdefault(repr((outcome.status, outcome.results, outcome.observed)), outcome)
        self._branch(run, choices, limit)
        return run

    def add_circles(self) -> None:
        """Looks for a state from which no schedule leads to an end: there the threads run in circles for ever."""
        reachable = set(self.ends)
        todo = list(self.ends)
        before: dict[Hashable, list[Hashable]] = {}
        for state, after in self.edges:
            before.setdefault(after, []).append(state)
        while todo:
            for state in before.get(todo.pop(), ()):
                if state not in reachable:
                    reachable.add(state)
                    todo.append(state)
        lost = next((choices for state, choices in self.met.items() if state not in reachable), None)
        if lost is not None:
            schedule = Schedule(lost, frozenset(self.points), 0)
            results = tuple(("unfinished",) for _ in self.program.threads)
            self.outcomes["circle"] = Outcome("livelock", results, None, schedule, "the threads run in circles")

    def _branch(self, run: Run, choices: tuple[int, ...], limit: int | None) -> None:
        taken = [one.chosen for one in run.decisions]
        self._remember_graph(run, taken)
        for position in range(len(choices), min(len(taken), BRANCHED)):
            decision = run.decisions[position]
            for index, price in decision.options:
                cost, key = decision.cost + price, (decision.state, index)
                if index == decision.chosen or self.seen.get(key, cost + 1) <= cost:
                    continue
                if limit is not None and cost > limit:
                    self.skipped = True
                    continue
                self.seen[key] = cost
                heapq.heappush(self.frontier, (cost, next(self.order), (*taken[:position], index), key))

    def _remember_graph(self, run: Run, taken: list[int]) -> None:
        states = [one.state for one in run.decisions]
        for position, state in enumerate(states):
            self.met.setdefault(state, tuple(taken[:position]))
        self.edges.update(itertools.pairwise(states))
        if run.status != "pruned" and states:
            self.ends.add(states[-1])


def explore(
    program: Program,
    *,
    schedules: int = 20_000,
    preemptions: int | None = None,
    stop: Callable[[Outcome], bool] | None = None,
) -> Exploration:
    """Every distinct outcome of `program`, within at most `schedules` runs and, if given, `preemptions` a run."""
    collecting = gc.isenabled()
    with cooperating(), Restorer(program.namespaces) as restorer, Audit() as audit:
        gc.disable()
        try:
            return _explore(program, schedules, preemptions, stop, restorer, audit)
        finally:
            places.forget_kinds()
            if collecting:
                gc.enable()


def _explore(
    program: Program,
    schedules: int,
    limit: int | None,
    stop: Callable[[Outcome], bool] | None,
    restorer: Restorer,
    audit: Audit,
) -> Exploration:
    points: set[Hashable] = set()
    count = restarts = endless = 0
    search = _Search(program, points, audit)
    while True:
        if not search.frontier:
            if not search.skipped:
                search.add_circles()
            return _report(search, count, limit, "")
        if count >= schedules:
            return _report(search, count, limit, f"the budget of {schedules} schedules is spent")
        restorer.restore()
        audit.next_run()
        known = len(search.outcomes)
        run = search.advance(limit)
        if run is None:
            continue
        count += 1
        if count % 400 == 0:
            gc.collect(1)
        endless += run.status == "endless"
        if endless >= ENDLESS:
            return _report(search, count, limit, "a call never ends")
        if run.status == "undecided":
            return _report(search, count, limit, run.reason)
        if run.order.found - points:
            points |= run.order.found
            restarts += 1
            if restarts > RESTARTS:
                return _report(search, count, limit, "the places that threads share differ from run to run")
            search = _Search(program, points, audit)
        elif stop is not None and len(search.outcomes) > known and stop(list(search.outcomes.values())[-1]):
            return _report(search, count, limit, "stopped at the outcome that was looked for")


def _report(search: _Search, count: int, limit: int | None, reason: str) -> Exploration:
    unknown = search.audit.unknown()
    if unknown:
        reason = reason or f"code ran that could not be rewritten: {unknown}"
    if search.skipped:
        reason = reason or f"the search was asked for no more than {limit} preemptions a schedule"
    bound: int | None = min((cost for cost, *_ in search.frontier), default=(limit or 0) + 1) - 1
    if not reason or bound is None or bound < 0 or unknown:
        bound = None
    return Exploration(tuple(search.outcomes.values()), count, not reason, bound, reason)
