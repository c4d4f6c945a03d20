"""Whether an answer waits until what it tells is stored: a request while nobody can store anything.

Another program holds the file, as the README allows: it writes, so that nobody else can begin to; or it reads, so that
nobody can come to an end. A service that has to store waits for it, and is let go on. Who answers meanwhile can't have
stored anything, whatever threads it has, so nothing rests on which of two is faster.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

from course_lib.hazards.capstone.probe_site import Site
from course_lib.hazards.capstone.probe_waiting import Asking, ends_or_waits

_connect, _clock = sqlite3.connect, time.monotonic
HOLDS = {"writing": "BEGIN IMMEDIATE", "reading": "BEGIN"}
HELD_SECONDS = 2.6  # that another program has the file while a request waits, which it must for three


def stored(site: Site, given: dict[str, Any]) -> dict[str, Any]:
    """The answer, with `rows`: what the database said when the answer had come, None where it could not be read.

    `held` is for how many seconds the other program had the file.
    """
    told: dict[str, Any] = {"rows": None}
    holding = [True]

    def look() -> None:
        told["rows"] = _committed(site, given["rows"], 0.0 if holding else 10.0)

    begun = _clock()
    with closing(_connect(site.database, timeout=10, isolation_level=None)) as other:
        other.execute(HOLDS[given["by"]])
        other.execute("SELECT balance FROM till").fetchall()
        asking = Asking(lambda: site.answer(given["ask"], lambda app: _looked_at(app, look)))
        ends_or_waits(asking)
        holding.clear()
        other.execute("COMMIT")
    told["held"] = _clock() - begun
    asking.over.wait()
    return {**asking.result, **told}


def held(site: Site, wanted: dict[str, Any]) -> dict[str, Any]:
    """The answer to a request that another program's hold on the file keeps waiting; `held`: for how many seconds."""
    with closing(_connect(site.database, timeout=10, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        asking = Asking(lambda: site.answer(wanted))
        waits, begun = not ends_or_waits(asking), _clock()
        if waits:
            asking.over.wait(HELD_SECONDS)
        other.execute("COMMIT")
    seconds = _clock() - begun
    asking.over.wait()
    return {**asking.result, "held": seconds}


def _committed(site: Site, sql: str, patience: float) -> list[tuple[Any, ...]] | None:
    try:
        with closing(_connect(site.database, timeout=patience)) as connection:
            return connection.execute(sql).fetchall()
    except sqlite3.OperationalError:  # somebody is about to store, and has not
        return None


def _looked_at(app: Callable[..., Any], look: Callable[[], None]) -> Callable[..., Any]:
    """The application, and a look as soon as a client has the whole answer: before the server closes it."""

    def looked_at(environ: Any, start_response: Any) -> Iterator[bytes]:
        chunks = app(environ, start_response)
        try:
            yield from chunks
            look()
        finally:
            getattr(chunks, "close", bool)()

    return looked_at
