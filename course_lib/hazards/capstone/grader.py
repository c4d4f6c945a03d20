"""The tasks of the capstone: what the service does, and one for each hazard, each judged on a service of its own."""

from __future__ import annotations

from functools import partial
from typing import Any

from course_lib.hazards.capstone import behaviour, faults, growth, injections, leaks, lookups, queries, races, strangers
from course_lib.hazards.terms import Control, Task

ROUND: dict[str, Any] = {
    "counted": True, "kind": "script", "customers": {}, "stock": {}, "orders": [], "till": 0, "catalogue": 1,
    "courier": "http://127.0.0.1:9", "steps": [{"ask": {"method": "GET", "path": "/health"}}, {"descriptors": None}],
}  # fmt: skip


def _is_careless(seen: dict[str, Any]) -> bool:
    """Whether the known-bad service was seen to ask again and again and to leave something open."""
    answer, left = seen["steps"]
    return bool(answer["statements"] > 1 and left > 1)


def _leaves_open(seen: dict[str, Any]) -> bool:
    """Whether it was seen to leave something open; for tasks in which nobody listens to the statements."""
    return bool(seen["steps"][1] > 1)


HEARD, CONTROL = Control(ROUND, _is_careless), Control({**ROUND, "counted": False}, _leaves_open)
_task = partial(Task, apart=True)  # each case has a database, a catalogue and a service of its own
TASKS = {
    "service": _task(behaviour.judge_service, CONTROL, function=behaviour.NAMES),
    "resource_leaks": _task(leaks.judge_leaks, CONTROL),
    "unbounded_growth": _task(growth.judge_growth, CONTROL),
    "error_handling": _task(faults.judge_faults, CONTROL),
    "race_conditions": _task(races.judge_races, HEARD),
    "n_plus_one_queries": _task(queries.judge_queries, HEARD),
    "data_structures": _task(lookups.judge_lookups, CONTROL),
    "sql_injection": _task(injections.judge_injections, CONTROL),
    "missing_authorization": _task(strangers.judge_strangers, CONTROL),
}
