"""What measured nothing says so: a coroutine, a generator, a call that dies, a slip of the pen, nothing to measure."""

from __future__ import annotations

import asyncio
import math
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from course_lib.instruments.handles import watch_handles
from course_lib.instruments.injection import (
    WatchedConnection,
    measure_injection,
    name_attacks,
    text_attacks,
    watch_statements,
)
from course_lib.instruments.injection.trials import InjectionReading
from course_lib.instruments.queries import count_queries, measure_growth
from course_lib.testbeds.orders import open_orders, sample_orders

READ = "SELECT id FROM orders WHERE status = ?"
ROOT = Path(__file__).resolve().parents[2]


def injection(call: Callable[..., Any], **attacks: dict[str, str]) -> InjectionReading:
    def shop() -> WatchedConnection:
        return open_orders(sample_orders(3), factory=WatchedConnection)

    return measure_injection(call, shop, {"status": "paid"}, attacks or {"status": text_attacks()})


def bound(connection: sqlite3.Connection, status: str) -> list[Any]:
    return connection.execute(READ, (status,)).fetchall()


def spliced(connection: sqlite3.Connection, status: str) -> list[Any]:
    return connection.execute(f"SELECT id FROM orders WHERE status = '{status}'").fetchall()


async def coroutine(connection: sqlite3.Connection, status: str) -> list[Any]:
    return spliced(connection, status)


async def asynchronous_generator(connection: sqlite3.Connection, status: str) -> AsyncIterator[Any]:
    yield spliced(connection, status)


def generator(connection: sqlite3.Connection, status: str) -> Iterator[Any]:
    yield from spliced(connection, status)


def dies_at_once(connection: sqlite3.Connection, status: str) -> list[Any]:
    raise RuntimeError("no settings")


def a_connection_of_its_own(connection: sqlite3.Connection, status: str) -> list[Any]:
    with closing(open_orders(sample_orders(1))) as own:
        return spliced(own, status)


def touches_nothing(connection: sqlite3.Connection, status: str) -> list[Any]:
    return []


def other_arguments(connection: sqlite3.Connection, state: str) -> list[Any]:
    return bound(connection, state)


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (coroutine, "gave an object of type coroutine, which nobody awaited"),
        (asynchronous_generator, "gave an object of type async_generator, which nobody awaited"),
        (dies_at_once, "the plain call raised RuntimeError: no settings"),
        (a_connection_of_its_own, "sent no statement over the connection that it was given"),
        (touches_nothing, "sent no statement over the connection that it was given"),
        (other_arguments, "the plain call raised TypeError"),
    ],
)
def test_injection_holds_only_where_something_was_measured(call: Callable[..., Any], reason: str) -> None:
    reading = injection(call)

    assert not reading.holds
    assert reason in reading.unmeasured
    assert str(reading) == f"unmeasured: {reading.unmeasured}"


def test_an_attack_on_an_argument_that_is_not_there_is_a_slip() -> None:
    reading = injection(lambda connection, status, **_: bound(connection, status), stauts=text_attacks())

    assert (reading.holds, reading.unmeasured) == (False, "the plain call has no argument stauts")


def test_a_generator_is_read_to_its_end() -> None:
    """Its body runs only then: a value that acts in it is found."""
    assert not injection(generator).unmeasured
    assert injection(generator).count("status", "acted", "broke", "wrote") > 0
    assert injection(bound).holds


async def asks_in_a_coroutine() -> None:
    sqlite3.connect(":memory:").execute("SELECT 1")


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (asks_in_a_coroutine, "gave an object of type coroutine, which nobody awaited"),
        (lambda: None, "no statement reached a database"),
    ],
)
def test_queries_that_were_never_seen_have_no_slope(call: Callable[[], Any], reason: str) -> None:
    growth = measure_growth((1, 2), lambda _size: None, call)

    assert math.isnan(growth.query_slope)
    assert math.isnan(growth.row_slope)
    assert reason in str(growth)


def test_queries_of_a_coroutine_that_is_run_and_of_a_generator_count() -> None:
    def lazily() -> Iterator[Any]:
        with closing(sqlite3.connect(":memory:")) as connection:
            yield from connection.execute("SELECT 1")

    for call in (lazily, lambda: asyncio.run(_closed())):
        growth = measure_growth((1, 2), lambda _size: None, call)
        assert (growth.query_slope, growth.unmeasured) == (0, "")


async def _closed() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("SELECT 1")


def test_a_call_that_raises_raises() -> None:
    def dies() -> None:
        raise RuntimeError("no settings")

    with pytest.raises(RuntimeError, match="no settings"):
        measure_growth((1, 2), lambda _size: None, dies)


def test_an_empty_reading_says_that_it_is() -> None:
    with count_queries() as reading, watch_statements() as log, watch_handles() as ledger:
        pass

    assert str(reading).endswith("unmeasured: no statement reached a database that this can see")
    assert "unmeasured" in str(log)
    assert "unmeasured: no handle was opened" in str(ledger.reading)
    assert not ledger.reading.clean


def test_what_arranges_a_test_may_be_left_out() -> None:
    with count_queries() as reading, closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (n)")
        reading.reset()
        connection.execute("SELECT n FROM t").fetchall()

    assert (reading.queries, reading.rows, reading.unmeasured) == (1, 0, "")


def test_what_a_pool_holds_open_is_told_as_such(tmp_path: Path) -> None:
    pool: list[Any] = []
    with watch_handles() as ledger:
        pool.append(sqlite3.connect(tmp_path / "a.db"))
    with watch_handles() as again:
        pool[0].execute("SELECT 1")
        open(tmp_path / "b", "w", encoding="utf-8").close()
    pool[0].close()

    assert "a pool or a cache? Close the pool within the watch" in str(ledger.reading)
    assert again.reading.clean


@pytest.mark.parametrize("given_back", [True, False])
def test_a_pool_closed_within_the_watch_leaves_only_what_was_never_given_back(tmp_path: Path, given_back: bool) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    with watch_handles() as ledger:
        taken = engine.connect()
        if given_back:
            taken.close()
        engine.dispose()
    taken.close()

    assert (ledger.reading.still_open, ledger.reading.clean) == (int(not given_back), given_back)


FIXTURES = """
import asyncio
import sqlite3
from course_lib.instruments.handles.fixture import handles_closed
from course_lib.instruments.queries.fixture import queries

async def page():
    sqlite3.connect(":memory:").execute("SELECT 1")

def test_never_ran(queries):
    page().close()
    assert queries.queries <= 1

def test_opened_nothing(handles_closed):
    page().close()
"""


def test_a_fixture_fails_the_test_in_which_it_measured_nothing(tmp_path: Path) -> None:
    (tmp_path / "test_empty.py").write_text(FIXTURES, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", ".", "test_empty.py"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "2 passed, 2 errors" in run.stdout, run.stdout
    assert run.stdout.count("unmeasured: no ") >= 2, run.stdout


# A quoted name: what is in it chooses, and can't get out where its quotes are doubled.


def quoting(left: str, right: str, escaped: str) -> Callable[..., Any]:
    def call(connection: sqlite3.Connection, status: str) -> list[Any]:
        name = left + status.replace(right, escaped) + right
        try:
            return connection.execute(f"SELECT id AS {name} FROM orders ORDER BY {name}").fetchall()
        except sqlite3.OperationalError as error:
            if "no such column" in str(error):
                return []
            raise

    return call


@pytest.mark.parametrize(("left", "right", "escaped"), [('"', '"', '""'), ("`", "`", "``")])
def test_a_name_whose_quotes_are_doubled_names_and_does_not_act(left: str, right: str, escaped: str) -> None:
    reading = injection(quoting(left, right, escaped), status=name_attacks())

    assert reading.holds, str(reading)
    assert reading.count("status", "names") == len(name_attacks())


@pytest.mark.parametrize(("left", "right"), [('"', '"'), ("`", "`"), ("[", "]")])
def test_a_name_that_is_only_put_in_quotes_is_left(left: str, right: str) -> None:
    """Each way to quote has its way out among the attacks."""
    assert injection(quoting(left, right, right), status=name_attacks()).count("status", "acted", "broke") == 1
