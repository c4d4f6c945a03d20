"""Two requests at once, interleaved at every statement of the first: found each time or not there, never by luck.

The first request is stopped right before its k-th statement (whichever thread sends it), and the second runs. It ends,
or it waits for something that the first one holds, a lock of Python's or the database's file; then the first goes on
and both end. So for k = 1, 2, … until the first has no k-th statement. A right answer may hold whatever it likes for
as long as it likes: it makes the other wait, and that is no fault.

That the other waits is told by its threads: none runs or wants a processor, none is at the network, and none has got
on, at several looks in a row. On a busy machine a thread that has not got its turn still wants it.

What it can't see: two requests that meet between two statements, in memory alone; and a race of three.
"""

from __future__ import annotations

import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from course_lib.hazards.capstone.probe_site import Site, crash
from course_lib.instruments.queries import is_control
from course_lib.instruments.seams.sqlite import Listener, begin, end

_Event, _Thread, _ident = threading.Event, threading.Thread, threading.get_ident
_frames, _sleep, _clock, _process_time = sys._current_frames, time.sleep, time.monotonic, time.process_time
_own_time = time.thread_time
LOOK, STILL = 0.005, 9  # seconds between two looks; so many alike, and it waits
BACK = 15.0  # seconds that a request may take in the end: then nobody will let it go on
HELD, AT_NETWORK = 2.5, 1.5  # seconds that the first is held at most, and while somebody is at the network
MOST_STATEMENTS = 60
NETWORK = ("socket.py", "ssl.py", "selectors.py", "/httpcore/", "/anyio/", "/urllib3/", "/http/client.py")


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


class _Asking:
    """One side of a race, in a thread of its own."""

    def __init__(self, act: Callable[[], Any]) -> None:
        self._act = act
        self.result: Any = None
        self.over = _Event()
        self.thread = _Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            self.result = self._act()
        except Exception as error:
            self.result = crash(error)
        finally:
            self.over.set()


def race(site: Site, case: dict[str, Any]) -> list[dict[str, Any]]:
    """One observation for each k: what both gave, and the rows of `then` after it.

    `{n}` in the requests and in `then` is the number of the trial, so that each has parts and customers of its own.
    """
    told = []
    for number in range(MOST_STATEMENTS):
        trial = _trial(site, case, number)
        told.append(trial)
        if not trial["stopped"] or trial["stuck"]:
            break
    return told


def _trial(site: Site, case: dict[str, Any], number: int) -> dict[str, Any]:
    one, other, then = (_numbered(case[name], number) for name in ("one", "other", "then"))
    gate = Gate(number + 1)
    begin(gate, look_back=False)
    try:
        first = _Asking(lambda: site.take(one))
        while not (gate.reached.is_set() or first.over.wait(LOOK / 2)):
            pass
        second = _Asking(lambda: site.take(other)) if gate.reached.is_set() else None
        waited = second is not None and not _ends_or_waits(second, gate)
        gate.goes_on.set()
        sides = [side for side in (first, second) if side]
        stuck = not all(side.over.wait(BACK) for side in sides)
    finally:
        gate.goes_on.set()
        end(gate)
    if second is None:
        site.take(other)
    rows = [] if stuck else [site.rows(sql) for sql in then]
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


def _ends_or_waits(second: _Asking, gate: Gate) -> bool:
    """True as soon as the second has ended, False as soon as it is clear that it waits."""
    still, before, begun = 0, 0.0, _clock()
    while not second.over.wait(LOOK):
        now = _process_time() - _own_time()  # of the other threads
        held = _clock() - begun
        busy = now - before > LOOK / 4 or _wants_processor() or (held < AT_NETWORK and _at_the_network(gate.stopped))
        still, before = (0 if busy else still + 1), now
        if still >= STILL or held > HELD:
            return False
    return True


def _wants_processor() -> bool:
    """Whether a thread besides this one runs, wants to, or waits for the disk; False where the system does not tell."""
    me = str(threading.get_native_id())
    try:
        others = [one for one in Path("/proc/self/task").iterdir() if one.name != me]
        return any(_state(one / "stat") in b"RD" for one in others)
    except OSError:
        return False


def _state(stat: Path) -> bytes:
    try:
        return stat.read_bytes().rpartition(b")")[2].split()[0]
    except (OSError, IndexError):  # it has ended since
        return b"-"


def _at_the_network(stopped: int | None) -> bool:
    """Whether another thread than the one at the gate waits for an answer of the courier."""
    frames = [frame for ident, frame in _frames().items() if ident not in (stopped, _ident())]
    return any(mark in frame.f_code.co_filename for frame in frames for mark in NETWORK)
