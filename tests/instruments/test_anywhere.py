"""Attacks on code that opens its own connections: spliced is found, bound stays silent, and nothing is no reading."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from course_lib.instruments.injection import MARK, every_attack, measure_values, name_attacks, quoted_name_attacks


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    with closing(sqlite3.connect(tmp_path / "shop.db")) as base, base:
        base.execute("CREATE TABLE orders (id, status)")
        base.execute("INSERT INTO orders VALUES (1, 'paid')")
    return tmp_path / "shop.db"


def asking(shop: Path, build: Callable[[Any], tuple[str, tuple[Any, ...]]]) -> Callable[[Any], Any]:
    def call(value: Any) -> Any:
        with closing(sqlite3.connect(shop)) as base:
            return base.execute(*build(value)).fetchall()

    return call


SPLICED = {
    "text": lambda value: (f"SELECT id FROM orders WHERE status = '{value}'", ()),
    "joined": lambda value: ("SELECT id FROM orders WHERE status = '" + value + "' AND id = ?", (1,)),
    "number": lambda value: (f"SELECT id FROM orders WHERE id = {value}", ()),
    "name": lambda value: (f"SELECT id FROM orders ORDER BY {value}", ()),
    "pattern": lambda value: (f"SELECT id FROM orders WHERE status LIKE '%{value}%'", ()),
}
BOUND = {
    "text": lambda value: ("SELECT id FROM orders WHERE status = ?", (value,)),
    "named": lambda value: ("SELECT id FROM orders WHERE status = :status", {"status": value}),
    "pattern": lambda value: ("SELECT id FROM orders WHERE status LIKE ?", (f"%{value}%",)),
    "escaped": lambda value: ("SELECT id FROM orders WHERE status = '" + value.replace("'", "''") + "'", ()),
}


@pytest.mark.parametrize("name", SPLICED)
def test_a_spliced_value_is_found_with_its_line(name: str, shop: Path) -> None:
    reading = measure_values(asking(shop, SPLICED[name]), plain="1" if name == "number" else "status")

    assert not reading.holds
    assert not reading.unmeasured
    acted = [one for shot in reading.shots if shot.outcome == "acted" for one in shot.trial.statements]
    assert {one.place.where.partition(":")[0] for one in acted} == {"test_anywhere.py"}


@pytest.mark.parametrize("name", BOUND)
def test_a_bound_value_is_silent_under_every_attack(name: str, shop: Path) -> None:
    reading = measure_values(asking(shop, BOUND[name]), plain="paid")

    assert reading.holds, str(reading)
    assert len(reading.shots) == len(every_attack()) + len(quoted_name_attacks("paid"))


def test_a_name_from_a_list_of_names_is_silent(shop: Path) -> None:
    def call(column: str) -> Any:
        if column not in ("id", "status"):
            raise ValueError(column)
        return asking(shop, SPLICED["name"])(column)

    assert measure_values(call, "status", name_attacks()).holds


# A connection that was open before the watch shows no statement that SQLite refused to prepare.


QUOTES = [('"', '"'), ("`", "`"), ("[", "]")]
NAMED = {
    "label": "SELECT status AS {} FROM orders",
    "order": "SELECT status FROM orders ORDER BY {}",
    "column": "SELECT {0}, {0} IS NULL FROM orders GROUP BY {0}",
    "changed": "UPDATE orders SET {} = 'open'",
    "table": "SELECT status FROM {} WHERE status = 'paid'",
}
REFUSED = {
    "filled": "INSERT INTO orders ({}) VALUES ('open')",
    "defined": "CREATE TEMP TABLE IF NOT EXISTS sent ({} TEXT)",
}


@pytest.fixture
def opened() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        base.execute("CREATE TABLE orders (status)")
        base.execute("INSERT INTO orders VALUES ('paid')")
        yield base


def plain_for(place: str) -> str:
    return {"table": "orders", "label": "state"}.get(place, "status")


def swallowing(call: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def called(value: Any) -> Any:
        try:
            return call(value)
        except sqlite3.Error:
            return []

    return called


def passing_on(call: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def called(value: Any) -> Any:
        try:
            return call(value)
        except sqlite3.Error as error:
            raise LookupError(value) from error

    return called


@pytest.mark.parametrize("place", NAMED)
def test_a_name_that_is_only_put_in_quotes_acts_also_where_errors_are_kept(
    place: str, opened: sqlite3.Connection
) -> None:
    for left, right in QUOTES:
        call = swallowing(lambda name: opened.execute(NAMED[place].format(left + name + right)).fetchall())  # noqa: B023
        reading = measure_values(call, plain_for(place))

        assert not reading.unmeasured
        assert reading.count("value", "acted"), str(reading)


@pytest.mark.parametrize("place", REFUSED)
def test_what_sqlite_refused_to_run_was_changed_all_the_same(place: str, opened: sqlite3.Connection) -> None:
    for left, right in QUOTES:
        call = passing_on(lambda name: opened.execute(REFUSED[place].format(left + name + right)).fetchall())  # noqa: B023
        reading = measure_values(call, "status")

        assert not reading.unmeasured
        assert reading.count("value", "broke"), str(reading)


def doubling(name: str, quote: str) -> str:
    return quote + name.replace(quote, 2 * quote) + quote


@pytest.mark.parametrize("quote", ['"', "`"])
@pytest.mark.parametrize("place", NAMED | REFUSED)
def test_a_name_whose_quotes_are_doubled_is_silent(
    place: str, quote: str, opened: sqlite3.Connection, shop: Path
) -> None:
    """Where SQLite knows no such name it refuses, on a connection of before the watch and on one of the call's own."""
    sql = (NAMED | REFUSED)[place]

    for call in (
        lambda name: opened.execute(sql.format(doubling(name, quote))).fetchall(),
        asking(shop, lambda name: (sql.format(doubling(name, quote)), ())),
    ):
        reading = measure_values(call, plain_for(place))
        assert reading.holds, str(reading)


def sorted_by_several(base: sqlite3.Connection, names: str) -> Any:
    order = ", ".join(doubling(name.strip(), "`") for name in names.split(","))
    return base.execute(f"SELECT status FROM orders ORDER BY {order}").fetchall()


def strange(base: sqlite3.Connection, value: str, bound: object) -> Any:
    return base.execute("SELECT status FROM orders WHERE status = ?", (bound if MARK in value else value,)).fetchall()


def from_the_archive(base: sqlite3.Connection, value: str) -> Any:
    found = base.execute("SELECT status FROM orders WHERE status = ?", (value,)).fetchall()
    return found or base.execute("SELECT status FROM archive WHERE status = ?", (value,)).fetchall()


def locking(base: sqlite3.Connection, name: str) -> Any:
    base.execute("BEGIN")
    if name != "status":
        raise ValueError(name)
    found = base.execute(f"SELECT {name} FROM orders").fetchall()
    base.execute("COMMIT")
    return found


def built_from_what_is_known(base: sqlite3.Connection, name: str) -> Any:
    known = "status" if name == "status" else ""
    return base.execute(f"SELECT {known} FROM orders").fetchall()


def not_found(base: sqlite3.Connection, value: str) -> Any:
    escaped = value.replace("'", "''")
    return base.execute(f"SELECT status FROM orders WHERE status = '{escaped}'").fetchall()[0]


def its_own_cause(base: sqlite3.Connection, value: str) -> Any:
    error = LookupError(value)
    if MARK in value:
        raise error from error
    return base.execute("SELECT status FROM orders WHERE status = ?", (value,)).fetchall()


SILENT: dict[str, tuple[Callable[..., Any], str]] = {
    "names in a row": (sorted_by_several, "status"),
    "a type that can't be bound": (lambda base, value: strange(base, value, object()), "paid"),
    "an integer too large": (lambda base, value: strange(base, value, 10**30), "paid"),
    "a table that is not there": (from_the_archive, "paid"),
    "a transaction left open": (locking, "status"),
    "nothing where the name is unknown": (built_from_what_is_known, "status"),
    "no row, an error of its own": (not_found, "paid"),
    "an error that is its own cause": (its_own_cause, "paid"),
}


@pytest.mark.parametrize("name", SILENT)
def test_what_is_refused_for_another_reason_is_silent(name: str, opened: sqlite3.Connection, shop: Path) -> None:
    call, plain = SILENT[name]

    def own(value: Any) -> Any:
        with closing(sqlite3.connect(shop)) as base:
            return call(base, value)

    for one in (lambda value: call(opened, value), own):
        reading = measure_values(one, plain)
        assert reading.holds, str(reading)


UNMEASURED = {
    "raised": (lambda _shop: lambda value: 1 / 0, "the plain call raised ZeroDivisionError"),
    "no statement": (lambda _shop: lambda value: value, "sent no statement"),
    "not used": (lambda shop: asking(shop, lambda _value: ("SELECT id FROM orders", ())), "holds its value, 'paid'"),
}


@pytest.mark.parametrize("name", UNMEASURED)
def test_where_nothing_was_measured_it_says_why_and_does_not_hold(name: str, shop: Path) -> None:
    make, because = UNMEASURED[name]
    reading = measure_values(make(shop), plain="paid")

    assert because in reading.unmeasured
    assert not reading.holds


def test_a_call_that_nobody_awaited_is_no_reading() -> None:
    async def call(value: str) -> None: ...

    assert "nobody awaited" in measure_values(call, plain="paid").unmeasured
