"""Lets the connections that several threads open meet, so that it does not depend on their speed how many are open.

Whoever opens one outside the main thread waits a little for the ninth: a pool of nine threads or more then has nine
open, on every machine. Code without threads never waits.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from course_lib.instruments.seams.sqlite import Listener, begin, end

NINTH, WITHIN, MOST_WAITS = 9, 0.05, 18  # connections; seconds that one waits for them; how many wait in a run

_get_ident, _main = threading.get_ident, threading.main_thread().ident


class _Meeting(Listener):
    def __init__(self) -> None:
        self._ninth, self._lock = threading.Event(), threading.Lock()
        self._open = self._waited = 0

    def opened(self, connection: sqlite3.Connection, database: object) -> None:
        with self._lock:
            self._open += 1
            waits = _get_ident() != _main and self._waited < MOST_WAITS
            self._waited += waits
        if self._open >= NINTH:
            self._ninth.set()
        elif waits:
            self._ninth.wait(WITHIN)

    def closed(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            self._open -= 1


@contextmanager
def meeting() -> Iterator[None]:
    """For the length of a block, whatever it opens."""
    listener = _Meeting()
    begin(listener)
    try:
        yield
    finally:
        end(listener)
