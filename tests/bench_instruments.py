"""What `make bench` measures of the instruments: the same work watched and unwatched, and the race explorer's pace."""

from __future__ import annotations

import json
import sqlite3
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from course_lib.instruments.handles import watch_handles
from course_lib.instruments.injection.statements import watch_statements
from course_lib.instruments.memory.alive import measure_slopes
from course_lib.instruments.queries import count_queries
from course_lib.instruments.work.operations import CountedText, count_work
from course_lib.interleavings import Outcome, Program, compile_instrumented, explore

Pair = tuple[Callable[[], Any], Callable[[], Any]]

EMAILS = [f"user{number}@example.org" for number in range(2_000)]
COUNTED = [CountedText(email) for email in EMAILS]
OPERATIONS = 7_700

COUNTERS = """
from threading import Lock

class Unlocked:
    def __init__(self):
        self.value = 0
    def add(self):
        self.value += 1

class Locked(Unlocked):
    def __init__(self):
        super().__init__()
        self.lock = Lock()
    def add(self):
        with self.lock:
            self.value += 1

def working(calls):
    def work(counter):
        for _ in range(calls):
            counter.add()
    return work
"""


def write_files(count: int = 200) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            with (Path(folder) / f"{number}.json").open("w") as file:
                json.dump({"number": number}, file)


def ask_database(count: int = 1_000) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("create table t(id integer primary key, name text)")
        for number in range(count):
            connection.execute("insert into t(name) values (?)", (str(number),))
            connection.execute("select name from t where id = ?", (number,)).fetchall()


def watched(manager: Callable[[], Any], work: Callable[[], Any]) -> Callable[[], None]:
    def run() -> None:
        with manager():
            work()

    return run


def keep_few() -> Callable[[int], Any]:
    kept: deque[Any] = deque(maxlen=100)
    return lambda number: kept.append((number, str(number)))


def repeat(operate: Callable[[int], Any]) -> None:
    for number in range(OPERATIONS):
        operate(number)


INSTRUMENTS: dict[str, Pair] = {
    "handles: 200 files written": (write_files, watched(watch_handles, write_files)),
    f"growth: {OPERATIONS:,} operations": (
        lambda: repeat(keep_few()),
        lambda: measure_slopes(keep_few(), 200, (500, 1_000, 2_000, 4_000)),
    ),
    "queries: 2,000 statements": (ask_database, watched(count_queries, ask_database)),
    "statements: 2,000 statements": (ask_database, watched(watch_statements, ask_database)),
    "operations: a list of 2,000 searched": (
        lambda: "zoe@example.org" in EMAILS,
        lambda: count_work(lambda: CountedText("zoe@example.org") in COUNTED),
    ),
    "operations: a loop over 2,000": (
        lambda: [email for email in EMAILS if email == "zoe"],
        lambda: count_work(lambda: [email for email in COUNTED if email == "zoe"]),
    ),
}


def counter_program(kind: str, threads: int, calls: int) -> Program:
    """Threads that each count several times on one counter, from rewritten source."""
    names: dict[str, Any] = {"__name__": "bench", "threading": threading}
    exec(compile_instrumented(COUNTERS.encode(), "<bench>", 0), names)

    workers = [names["working"](calls) for _ in range(threads)]
    return Program(names[kind], workers, lambda counter: counter.value, [names])


def loses(expected: int, found: Outcome) -> bool:
    return bool(found.observed != expected)


def explored() -> dict[str, tuple[int, bool, int, str]]:
    """By program: schedules explored, whether that was all of them, schedules a second, the first failing one."""
    told = {}
    for threads, calls in ((2, 1), (2, 2), (2, 5), (3, 1), (3, 2)):
        begun = time.perf_counter()
        safe = explore(counter_program("Locked", threads, calls))
        pace = round(safe.schedules / (time.perf_counter() - begun))
        broken = explore(counter_program("Unlocked", threads, calls), stop=partial(loses, threads * calls))
        told[f"{threads} threads, {calls} calls each"] = (safe.schedules, safe.exhausted, pace, f"{broken.schedules}")
    return told
