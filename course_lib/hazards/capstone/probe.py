"""Runs the service of a submission: a script of requests, two requests at once, many requests, or single lookups.

Each case has a database, a catalogue and a service of its own; `kind` says what is done with it. What comes back is
what was seen: answers, statements, rows, descriptors, blocks of memory, steps of work. Nothing is judged here.
What it can't see: what a service does after `close`, and in processes of its own (there can be none).
"""

from __future__ import annotations

import itertools
import logging
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from string import ascii_uppercase
from types import CodeType, FunctionType
from typing import Any

from course_lib.hazards.capstone import probe_controls
from course_lib.hazards.capstone.probe_memory import Growing, remembered_numbers
from course_lib.hazards.capstone.probe_race import race
from course_lib.hazards.capstone.probe_site import WITHIN, Site, Tally, listen_to_writing
from course_lib.hazards.capstone.probe_stored import held, stored
from course_lib.instruments.memory.outside import bytes_outside
from course_lib.instruments.seams.sqlite import begin, end
from course_lib.instruments.work import adopting, hooks
from course_lib.instruments.work.costs import tally as work_tally
from course_lib.instruments.work.operations import count_database_steps, work_since, work_until_now
from course_lib.instruments.work.rewriting import compile_counted

__all__ = ["CONTROLS", "PROBES", "before_load", "compile_cell", "preload"]

SERVICE, LOOKUPS = "service", "data_structures"
LOOKS_UP = frozenset({
    "bisect", "cachetools", "collections", "copy", "difflib", "fnmatch", "functools", "heapq", "itertools", "operator",
    "re", "sortedcontainers",
})  # fmt: skip
_blocks = sys.getallocatedblocks
_worlds = itertools.count()
_tally, _listens = Tally(), [False]
_task = [""]


def preload() -> None:
    """What every service imports, and what libraries do late, once for all."""
    import csv
    import queue
    import tempfile

    from course_lib.hazards.capstone import probe_libraries

    assert csv and queue
    with tempfile.TemporaryDirectory() as folder:
        drive(probe_controls.careful, probe_controls.CASE, Path(folder))
        probe_libraries.use_all_of_them(Path(folder))
    adopting.prepare("collections", "functools", "sortedcontainers.sortedlist", "sortedcontainers.sorteddict")


def before_load(task: str) -> None:
    _task[0] = task
    if task == SERVICE:
        listen_to_writing()
    if task == LOOKUPS:
        count_database_steps()
        adopting.install()
        adopt = hooks.adopt
        hooks.adopt = lambda function: adopt(function) if _is_counted(function) else None


def _is_counted(function: FunctionType) -> bool:
    """Whether it may be what looks a part up; frameworks do the same for every request, whatever the catalogue."""
    module = str(function.__globals__.get("__name__", ""))
    return module.partition(".")[0] in LOOKS_UP or WITHIN in function.__code__.co_filename


def compile_cell(source: bytes | str, filename: str, flags: int) -> CodeType:
    """The submission's code as Python reads it, or, where lookups are judged, so that it counts its work."""
    if _task[0] == LOOKUPS:
        return compile_counted(source, filename, flags)
    code: CodeType = compile(source, filename, "exec", flags, dont_inherit=True)
    return code


def drive(create: Any, case: dict[str, Any], folder: Path | None = None) -> dict[str, Any]:
    """`{"trouble": …}` where there is no service, or where it lets nobody else to the database; else what its kind
    tells, and `closed`."""
    logging.disable(logging.CRITICAL)
    _listen(case.get("counted", False))
    site = Site(create, case, (folder or Path.cwd()) / f"world-{next(_worlds)}", _tally)
    if site.trouble:
        return {"trouble": site.trouble}
    try:
        told = KINDS[case["kind"]](site, case)
        if told.get("stuck"):
            return told  # a request that is still under way: nothing can be closed in order
        return {**told, "closed": site.close(), "after": site.tables(case.get("after", []))}
    except sqlite3.OperationalError as error:  # what the service raises stays in its answers
        if "locked" not in str(error):
            raise
        return {"trouble": {"shut_out": True}}


def _listen(wanted: bool) -> None:
    """Counts statements from the first case on in which they count; all others run on SQLite as it is."""
    if wanted != _listens[0]:
        (begin if wanted else end)(_tally)
        _listens[0] = wanted


def _script(site: Site, case: dict[str, Any]) -> dict[str, Any]:
    return {"steps": [_step(site, step) for step in case["steps"]]}


def _step(site: Site, step: dict[str, Any]) -> Any:
    """What came of it; while another program uses the database, or of the site alone."""
    for verb, do in (("stored", stored), ("held", held)):
        if verb in step:
            return do(site, step[verb])
    return site.take(step)


def _race(site: Site, case: dict[str, Any]) -> dict[str, Any]:
    prepared = [site.take(step) for step in case.get("steps", [])]
    trials = race(site, case)
    stuck = trials[-1]["stuck"]
    last = [] if stuck else [site.take(step) for step in case.get("last", [])]
    return {"steps": prepared, "trials": trials, "stuck": stuck, "last": last}


def _growth(site: Site, case: dict[str, Any]) -> dict[str, Any]:
    """How many rounds of requests are remembered: after the warm-up, and after as many more as `operations` says.

    Every round has a number of its own, and each of its requests carries it. `blocks` is what each later window left,
    and `kept` tells of what classes every one of them left at least one more object for two rounds.
    """
    for sql in case["before"]:
        site.write(sql)
    statuses: list[set[int]] = [set() for _ in case["asks"]]
    numbers = itertools.count(case["first"])
    known = range(case["first"], case["first"] + 10_000)  # numbers that nothing else has, not even another case
    _operate(site, case, numbers, statuses, case["warm_up"])
    remembered, blocks = [len(remembered_numbers(known))], []
    outside, rounds = bytes_outside(), case["operations"] // case["windows"]
    growing = Growing(rounds // 2)
    for _ in range(case["windows"]):
        before = _blocks()
        _operate(site, case, numbers, statuses, rounds)
        growing.look()
        blocks.append(_blocks() - before)
    remembered.append(len(remembered_numbers(known)))
    return {
        "remembered": remembered,
        "kept": growing.told(),
        "blocks": blocks,
        "outside": bytes_outside() - outside,
        "statuses": list(map(sorted, statuses)),
    }


def _operate(site: Site, case: dict[str, Any], numbers: Any, statuses: list[set[int]], count: int) -> None:
    for number in itertools.islice(numbers, count):
        for one, met in zip(case["asks"], statuses, strict=True):
            met.add(site.answer(_filled(one, number))["status"])
    site.take({"reports": None})


def _filled(value: Any, number: int) -> Any:
    """The value with the number in place of `{n}`, and a country in place of `{c}`, at any depth."""
    if isinstance(value, dict):
        return {name: _filled(one, number) for name, one in value.items()}
    if isinstance(value, bytes):
        return value.replace(b"{n}", str(number).encode())
    return value.replace("{n}", str(number)).replace("{c}", _country(number)) if isinstance(value, str) else value


def _country(number: int) -> str:
    """Every second one is the same, the others come again after hundreds."""
    if number % 2:
        return "DE"
    return ascii_uppercase[number // 26 % 26] + ascii_uppercase[number % 26]


def _work(site: Site, case: dict[str, Any]) -> dict[str, Any]:
    """The work of each request; those that go `ahead` may prepare something."""
    told = []
    for wanted in case["ahead"]:
        site.answer(wanted)
    for wanted in case["asks"]:
        before = work_until_now()
        work_tally.unknown.clear()
        answer = site.answer(wanted)
        work = work_since(before)
        told.append({
            "status": answer["status"], "body": answer["body"], "steps": work.steps + work.keys + work.moved,
            "assumed": work.assumed, "database": work.database, "crash": answer["crash"],
        })  # fmt: skip
    return {"work": told}


KINDS: dict[str, Callable[[Site, dict[str, Any]], dict[str, Any]]] = {
    "script": _script,
    "race": _race,
    "growth": _growth,
    "work": _work,
}
TASKS = (
    "service", "resource_leaks", "unbounded_growth", "error_handling", "race_conditions", "n_plus_one_queries",
    "data_structures", "sql_injection", "missing_authorization",
)  # fmt: skip
PROBES = dict.fromkeys(TASKS, drive)
CONTROLS = dict.fromkeys(PROBES, (probe_controls.careless, probe_controls.careful))
