"""Two requests at once, interleaved at every statement of the first: found each time or not there, never by luck.

The first request is stopped right before its k-th statement (whichever thread sends it), and the second runs. It ends,
or it waits for something that the first one holds, a lock of Python's or the database's file; then the first goes on
and both end. So for k = 1, 2, … until the first has no k-th statement. A right answer may hold whatever it likes for
as long as it likes: it makes the other wait, and that is no fault.

Two that ask the courier meet there: it lets the first wait until the second has been answered.

What it can't see: two requests that meet anywhere else, in memory alone; and a race of three.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from typing import Any

from course_lib.hazards.capstone.probe_site import Site
from course_lib.hazards.capstone.probe_waiting import LOOK, Asking, at_the_network, ends_or_waits
from course_lib.instruments.queries import is_control
from course_lib.instruments.seams.sqlite import Listener, begin, end

_Event, _ident, _clock = threading.Event, threading.get_ident, time.monotonic
BACK = 15.0  # seconds that a request may take in the end: then nobody will let it go on
MOST_STATEMENTS = 60
ON_ITS_WAY = 1.0  # seconds after which a request that has not ended must be at the courier, seen there or not


class Gate(Listener):
    """Stops whoever sends the k-th statement, until it is opened."""

    def __init__(self, k: int) -> None:
        self._left = k
        self.reached, self.goes_on = _Event(), _Event()
        self.stopped: int | None = None
        self.statement = ""

    def sent(self, cursor: sqlite3.Cursor, sql: str, parameters: Any, via: str) -> None:
        if self.reached.is_set() or is_control(sql):
            return
        self._left -= 1
        if self._left == 0:
            self.stopped, self.statement = _ident(), sql
            self.reached.set()
            self.goes_on.wait(BACK)


def race(site: Site, case: dict[str, Any]) -> list[dict[str, Any]]:
    """One observation for each k: what both gave, and the rows of `then` after it.

    `{n}` in the requests and in `then` is the number of the trial, so that each has parts and customers of its own.
    """
    told = []
    for number in range(case.get("meetings") or MOST_STATEMENTS):
        trial = _meeting(site, case, number) if case.get("meetings") else _trial(site, case, number)
        told.append(trial)
        if trial["stuck"] or not (trial["stopped"] or case.get("meetings")):
            break
    return told


def _meeting(site: Site, case: dict[str, Any], number: int) -> dict[str, Any]:
    """The second while the first asks the courier; then both again, one after the other, where that is wanted."""
    one, other, then, again = (_numbered(case[name], number) for name in ("one", "other", "then", "again"))
    first, begun = Asking(lambda: site.take(one)), _clock()
    while not first.over.wait(LOOK) and not at_the_network() and _clock() - begun < ON_ITS_WAY:
        pass
    under_way = not first.over.is_set()
    sides = [first, Asking(lambda: site.take(other))]
    stuck = not all(side.over.wait(BACK) for side in sides)
    answers = [side.result for side in sides]
    repeated = [] if stuck else [site.take(step) for step in again]
    return {
        "stopped": "the courier" if under_way else "", "waited": False, "stuck": stuck, "answers": answers,
        "again": repeated, "rows": [] if stuck else site.tables(then),
    }  # fmt: skip


def _trial(site: Site, case: dict[str, Any], number: int) -> dict[str, Any]:
    one, other, then = (_numbered(case[name], number) for name in ("one", "other", "then"))
    gate = Gate(number + 1)
    begin(gate, look_back=False)
    try:
        first = Asking(lambda: site.take(one))
        while not (gate.reached.is_set() or first.over.wait(LOOK / 2)):
            pass
        second = Asking(lambda: site.take(other)) if gate.reached.is_set() else None
        waited = second is not None and not ends_or_waits(second, gate.stopped)
        gate.goes_on.set()
        sides = [side for side in (first, second) if side]
        stuck = not all(side.over.wait(BACK) for side in sides)
    finally:
        gate.goes_on.set()
        end(gate)
    if second is None:
        site.take(other)
    rows = [] if stuck else site.tables(then)
    answers = [side.result for side in sides]
    return {
        "stopped": gate.statement, "waited": waited, "stuck": stuck, "answers": answers, "rows": rows,
    }  # fmt: skip


def _numbered(value: Any, number: int) -> Any:
    if isinstance(value, str):
        return value.replace("{n}", f"{number:02d}").replace("{m}", str(number + 1))
    if isinstance(value, bytes):
        return _numbered(value.decode(), number).encode()
    if isinstance(value, dict):
        return {name: _numbered(one, number) for name, one in value.items()}
    return [_numbered(one, number) for one in value] if isinstance(value, list) else value
