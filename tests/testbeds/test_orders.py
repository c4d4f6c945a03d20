"""The orders database is real, the same on every run, and holds the values that break careless code."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from course_lib.testbeds.orders import STATUSES, open_orders, sample_orders

COLUMNS = "id, user_id, status, total, created_at, note"


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(open_orders(sample_orders(25))) as opened:
        yield opened


@pytest.mark.parametrize("users", [0, 1, 250])
def test_holds_exactly_the_rows_it_was_given_at_every_size(users: int) -> None:
    orders = sample_orders(users)
    with closing(open_orders(orders)) as connection:
        found = connection.execute(f"SELECT {COLUMNS} FROM orders ORDER BY id").fetchall()
    assert found == [tuple(order) for order in orders]
    assert len(found) == users * 4


def test_is_the_same_on_every_run() -> None:
    with closing(open_orders(sample_orders(9))) as one, closing(open_orders(sample_orders(9))) as other:
        assert list(one.iterdump()) == list(other.iterdump())


def test_gives_a_plain_connection_with_the_default_row_factory(connection: sqlite3.Connection) -> None:
    assert type(connection) is sqlite3.Connection
    assert connection.row_factory is None
    assert not connection.in_transaction


def test_rows_come_back_unsorted_unless_the_query_sorts(connection: sqlite3.Connection) -> None:
    ids = [row[0] for row in connection.execute("SELECT id FROM orders WHERE user_id > 0")]
    assert ids != sorted(ids)
    rowids = [row[0] for row in connection.execute("SELECT id FROM orders ORDER BY rowid")]
    assert rowids != sorted(rowids)


def test_only_the_note_may_be_missing(connection: sqlite3.Connection) -> None:
    for column in COLUMNS.split(", ")[:-1]:
        with pytest.raises(sqlite3.IntegrityError, match="NOT NULL"):
            connection.execute(f"UPDATE orders SET {column} = NULL")
    connection.execute("UPDATE orders SET note = NULL")


@pytest.mark.parametrize("piece", ["%", "_", "\\", "'", '"', ";", "--", "É"])
def test_some_note_holds_what_careless_code_stumbles_over(connection: sqlite3.Connection, piece: str) -> None:
    assert connection.execute("SELECT count(*) FROM orders WHERE instr(note, ?)", (piece,)).fetchone() != (0,)


def test_totals_tie_and_mix_whole_and_broken_amounts(connection: sqlite3.Connection) -> None:
    totals = [row[0] for row in connection.execute("SELECT total FROM orders")]
    assert {type(total) for total in totals} == {int, float}
    assert len(set(totals)) < len(totals)


def test_statuses_are_told_apart_by_case_and_one_is_empty(connection: sqlite3.Connection) -> None:
    assert {row[0] for row in connection.execute("SELECT status FROM orders")} == set(STATUSES)


def test_each_user_with_orders_is_one_customer(connection: sqlite3.Connection) -> None:
    customers = connection.execute("SELECT user_id, email FROM customers ORDER BY user_id").fetchall()
    assert customers == [(user, f"user{user}@shop.test") for user in range(1, 26)]


def test_a_file_can_hold_it_and_is_never_overwritten(tmp_path: Path) -> None:
    path = str(tmp_path / "shop.db")
    open_orders(sample_orders(1), path).close()
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        open_orders([], path)
    with closing(sqlite3.connect(path)) as again:
        assert again.execute("SELECT count(*) FROM orders").fetchone() == (4,)
