"""Counts the statements that reach a database and the rows that come back, whoever sends them.

What is measured: every statement at the driver's cursor, below the ORM, so that Django, SQLAlchemy and
hand-written SQL all count, on any connection of this process, old or new. Transaction control (BEGIN,
COMMIT, SAVEPOINT, …) and connection set-up (PRAGMA, SET, SHOW) are left out. Rows count when the driver
hands them over, also one by one to a function, an aggregate or a collation of sqlite3 that is written in Python.

    with count_queries() as reading:
        page = users_with_post_counts()
    print(reading)

How: while a reading is open, it listens at the seam of sqlite3 (`instruments.seams.sqlite`), and psycopg's cursor
methods are wrapped. On a plain sqlite3 connection that was open before, statements count and rows are unknown; the
reading says so. Where nothing was seen at all, it is `unmeasured` and says that. Two sizes tell growth from
repetition: three queries in a loop of three are no N+1, and `measure_growth` gives the slope.

One `executemany` of INSERT, UPDATE or DELETE is one statement. psycopg's ordinary cursor receives all rows
of a statement at once, so there they count when it runs; sqlite3 hands rows over one by one.

Method: the course's own: the slope over two sizes, because repetition is not growth. Statements are told apart by a
fingerprint, as django-perf-rec has it.

What it can't see: other processes, drivers other than sqlite3 and psycopg 3 (asynchronous cursors too), what
a statement costs inside the database, and a lazy result that nobody reads while the reading is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from course_lib.instruments.queries.drivers import listening, refuse_unknown
from course_lib.instruments.queries.fingerprints import fingerprint, is_control
from course_lib.instruments.queries.growth import Growth, measure_growth, slope
from course_lib.instruments.queries.tally import QueryReading, Repeated, Statement, close_reading, open_reading

__all__ = [
    "Growth",
    "QueryReading",
    "Repeated",
    "Statement",
    "count_queries",
    "fingerprint",
    "is_control",
    "measure_growth",
    "slope",
]


@contextmanager
def count_queries(
    *connections: object,
    on_statement: Callable[[QueryReading], None] | None = None,
    own_file: Callable[[str], bool] | None = None,
) -> Iterator[QueryReading]:
    """A reading that grows while the block runs and stays readable afterwards.

    Every connection of the process counts. Naming the ones that matter (Django connections, SQLAlchemy
    engines, connections or sessions) makes sure that they can be counted: TypeError for a driver that can't
    be seen. `on_statement(reading)` is called after each statement. `own_file(path)` says which source files
    are yours, for the line a statement is put down to: by default all but the standard library and installed
    packages.
    """
    for connection in connections:
        refuse_unknown(connection)
    with listening():
        reading = open_reading(on_statement, own_file)
        try:
            yield reading
        finally:
            close_reading(reading)
