"""How a claim about one place of a module is run: one builder a hazard, each around the instrument that measures it.

An experiment is called with the module and an empty folder. It does what a claim says will do harm, and gives `Run`:
`red` where the harm was done, with the figures that show it. It raises `NotRun` where the instrument saw nothing.
"""

from __future__ import annotations

import linecache
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from course_lib.instruments.handles import watch_handles
from course_lib.instruments.injection import WatchedConnection, measure_injection, text_attacks
from course_lib.instruments.memory import measure_slopes
from course_lib.instruments.queries import measure_growth as measure_queries
from course_lib.instruments.work import measure_growth as measure_work
from course_lib.interleavings import compile_instrumented, find_race
from course_lib.testbeds.hostile_api import HostileAPI

WARM_UP = 1_200
SIZES = (5, 10, 20)
LENGTHS = (16, 64, 256)
FAULTS = ("status 500", "refused", "close before the headers", "short body")


class NotRun(Exception):
    """Nothing was measured; the message says why."""


@dataclass(frozen=True)
class Run:
    """What came of one experiment: whether the fault showed, and the figures."""

    red: bool
    evidence: str


Experiment = Callable[[ModuleType, Path], Run]


def leaves_open(
    call: Callable[[ModuleType, Any], Any], trigger: str, prepare: Callable[[Path], Any] = lambda folder: folder
) -> Experiment:
    """Whether `call(module, prepare(folder))` closes all that it opens, also where it raises."""

    def run(module: ModuleType, folder: Path) -> Run:
        raised, prepared = "", prepare(folder)
        with watch_handles() as ledger:
            try:
                call(module, prepared)
            except Exception as error:  # noqa: BLE001  # that it raises is part of what is measured
                raised = f", which raised {type(error).__name__}"
        seen = ledger.reading
        if not seen.opened:
            raise NotRun(f"{trigger}: nothing was opened")
        return Run(not seen.clean, f"{trigger}{raised}: {seen.opened} opened, {seen.closed_by_code} closed by the code")

    return run


def grows(make: Callable[[ModuleType], Callable[[int], Any]], trigger: str) -> Experiment:
    """Whether each use leaves something behind, long after the bound that is promised."""

    def run(module: ModuleType, _folder: Path) -> Run:
        slopes = measure_slopes(make(module), WARM_UP)
        last = slopes.windows[-1]
        figures = f"{last.blocks:.2f} blocks and {last.bytes:.0f} bytes stay for each of the last {last.operations:,}"
        return Run(slopes.unbounded, f"{trigger}: {figures}")

    return run


def compares_each_with_each(
    prepare: Callable[[int], Any], act: Callable[[ModuleType, Any], Any], trigger: str
) -> Experiment:
    """Whether the work grows with the square of the input."""

    def run(module: ModuleType, _folder: Path) -> Run:
        growth = measure_work(trigger, prepare, partial(act, module), LENGTHS)
        return Run("square" in growth.in_words, f"{trigger}: the work {growth.in_words}")

    return run


def asks_for_each(
    make: Callable[[int], sqlite3.Connection], call: Callable[[ModuleType, sqlite3.Connection], Any], trigger: str
) -> Experiment:
    """Whether the number of queries grows with the rows."""

    def run(module: ModuleType, _folder: Path) -> Run:
        open_now: list[sqlite3.Connection] = []
        growth = measure_queries(SIZES, lambda size: open_now.append(make(size)), lambda: call(module, open_now[-1]))
        for connection in open_now:
            connection.close()
        counts = [growth.readings[size].queries for size in SIZES]
        if not all(counts):
            raise NotRun(f"{trigger}: no query was seen")
        told = ", ".join(f"{count} queries for {size}" for size, count in zip(SIZES, counts, strict=True))
        return Run(growth.query_slope > 0, f"{trigger}: {told}")

    return run


def lets_a_value_act(
    name: str, plain: Mapping[str, Any], argument: str, schema: str, attacks: Mapping[str, str] | None = None
) -> Experiment:
    """Whether a hostile value of one argument changes the statement that reaches the database."""
    values = attacks or text_attacks()

    def open_connection() -> WatchedConnection:
        connection = sqlite3.connect(":memory:", factory=WatchedConnection)
        connection.executescript(schema)
        return connection

    def run(module: ModuleType, _folder: Path) -> Run:
        seen = measure_injection(getattr(module, name), open_connection, plain, {argument: values})
        acted = sum(shot.outcome not in ("data", "refused") for shot in seen.shots)
        return Run(acted > 0, f"{acted} of {len(seen.shots)} hostile values of {argument} changed the statement")

    return run


def loses(
    name: str,
    arguments: Sequence[Any],
    threads: Sequence[Callable[[Any], Any]],
    holds: Callable[[Any], bool],
    trigger: str,
) -> Experiment:
    """Whether two threads that share an object of that class can take their steps so that the promise breaks."""

    def run(module: ModuleType, _folder: Path) -> Run:
        kind = getattr(_rewritten(module), name)
        found = find_race(lambda: kind(*deepcopy(arguments)), threads, holds)
        count = found.exploration.schedules
        if found.trace is not None:
            return Run(True, f"{trigger}: {found.verdict} in schedule {count}")
        if not found.is_safe:
            raise NotRun(f"{trigger}: not every order could be tried ({found.exploration.reason})")
        return Run(False, f"{trigger}: held in all {count} orders that can matter")

    return run


def _rewritten(module: ModuleType) -> ModuleType:
    """The module again, from the same lines, with every shared step announced to the explorer."""
    filename = str(module.__file__)
    again = ModuleType(module.__name__)
    code = compile_instrumented("".join(linecache.getlines(filename)), filename)
    exec(code, vars(again))  # noqa: S102  # the course's own text
    return again


def hides_failures(ask: Callable[[ModuleType, str], Any], trigger: str) -> Experiment:
    """Whether a failure of the server comes back as an ordinary answer, without an exception."""

    def run(module: ModuleType, _folder: Path) -> Run:
        hidden = []
        with HostileAPI() as server:
            for fault in FAULTS:
                try:
                    value = ask(module, server.url(fault))
                except Exception:  # noqa: BLE001, S112  # whatever comes out tells the caller
                    continue
                hidden.append(f"{fault} gave {value!r}")
        if hidden:
            return Run(True, f"{trigger}: {len(hidden)} of {len(FAULTS)} failures told nobody; {hidden[0]}")
        return Run(False, f"{trigger}: all {len(FAULTS)} failures came out as exceptions")

    return run


def swallows(call: Callable[[ModuleType], Any], trigger: str) -> Experiment:
    """Whether an error of the database comes back as an ordinary answer."""

    def run(module: ModuleType, _folder: Path) -> Run:
        try:
            value = call(module)
        except Exception as error:  # noqa: BLE001  # whatever comes out tells the caller
            return Run(False, f"{trigger}: raised {type(error).__name__}")
        return Run(True, f"{trigger}: came back with {value!r} and told nobody")

    return run
