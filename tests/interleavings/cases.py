"""The table of 76 small programs with their truth: 39 races, 8 deadlocks, 29 correct.

In each, `setup()` makes the state, `a`, `b` and perhaps `c` are its threads, `holds(state)` is what must be true at
the end. A race is an end at which it is not true, or a thread that raises.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from course_lib.interleavings import Exploration, Outcome, Program, compile_instrumented, explore
from tests.interleavings import cases_counters, cases_families, cases_waiting

HEADER = """import threading, queue, time, itertools, functools, collections
import dataclasses, contextlib, io, concurrent.futures, heapq, random, weakref
"""


class Case(NamedTuple):
    number: str
    truth: str
    title: str
    source: str


def _read(text: str) -> list[Case]:
    parts = re.split(r"^## (\d\d|[a-z]+-\d+) (\w+) (.*)$", text, flags=re.MULTILINE)[1:]
    return [Case(*parts[at : at + 3], HEADER + parts[at + 3]) for at in range(0, len(parts), 4)]


CASES = _read(cases_counters.CASES) + _read(cases_waiting.CASES)
FAMILIES = _read(cases_families.CASES)


def load(source: str, name: str = "case") -> dict[str, Any]:
    """The names that rewritten `source` defines."""
    namespace: dict[str, Any] = {"__name__": name}
    exec(compile_instrumented(source, f"<{name}>"), namespace)
    return namespace


def program(names: dict[str, Any]) -> Program:
    threads = [names[name] for name in "abcdefgh" if name in names and callable(names[name])]
    return Program(names["setup"], threads, names["holds"], [names])


def is_race(outcome: Outcome) -> bool:
    raised = any(result[0] == "raised" for result in outcome.results)
    return outcome.status == "done" and (outcome.observed is not True or raised)


def verdict(exploration: Exploration) -> str:
    """ "dead", "race", "ok", or "open"."""
    if any(map(is_race, exploration.outcomes)):
        return "race"
    if any(outcome.status == "deadlock" for outcome in exploration.outcomes):
        return "dead"
    return "ok" if exploration.exhausted and all(o.status == "done" for o in exploration.outcomes) else "open"


def explore_case(case: Case) -> Exploration:
    return explore(program(load(case.source, f"case {case.number}")), stop=is_race)
