"""Attacks on code that opens its own connections: spliced is found, bound stays silent, and nothing is no reading."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from course_lib.instruments.injection import every_attack, measure_values, name_attacks


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
    assert len(reading.shots) == len(every_attack())


def test_a_name_from_a_list_of_names_is_silent(shop: Path) -> None:
    def call(column: str) -> Any:
        if column not in ("id", "status"):
            raise ValueError(column)
        return asking(shop, SPLICED["name"])(column)

    assert measure_values(call, "status", name_attacks()).holds


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
