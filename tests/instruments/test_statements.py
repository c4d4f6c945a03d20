"""Statements as they arrive: silent on good code first, then every way round the watch, then values that act."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from course_lib.instruments.injection.database_content import changes, content
from course_lib.instruments.injection.statements import Log, WatchedConnection, watch_statements
from course_lib.instruments.injection.trials import (
    MARK,
    InjectionReading,
    let_loose,
    measure_injection,
    name_attacks,
    number_attacks,
    spliced,
    text_attacks,
    try_values,
)
from course_lib.instruments.sql_structure import added, outside_values, structure, tokens
from course_lib.testbeds.orders import open_orders, sample_orders

READ = "SELECT id FROM orders WHERE status = ?"


def open_watched(users: int = 5) -> WatchedConnection:
    connection = open_orders(sample_orders(users), factory=WatchedConnection)
    connection.log = Log()
    return connection


@pytest.fixture
def connection() -> Iterator[WatchedConnection]:
    with closing(open_watched()) as opened:
        yield opened


def test_an_unused_connection_has_an_empty_log(connection: WatchedConnection) -> None:
    assert str(connection.log).startswith("0 statements: unmeasured")
    assert str(connection.log).endswith("writes: none")


def test_bound_values_are_kept_beside_the_text(connection: WatchedConnection) -> None:
    rows = connection.execute(READ, ("paid",)).fetchall()

    [statement] = connection.log
    assert rows
    assert (statement.text, statement.parameters, statement.via) == (READ, ("paid",), "execute")
    assert connection.log.writes == []


WAYS: dict[str, Callable[[WatchedConnection], Any]] = {
    "connection": lambda c: c.execute(READ, ("paid",)),
    "cursor": lambda c: c.cursor().execute(READ, ("paid",)),
    "cursor class of their own": lambda c: c.cursor(type("Mine", (sqlite3.Cursor,), {})).execute(READ, ("paid",)),
    "cursor made by hand": lambda c: sqlite3.Cursor(c).execute(READ, ("paid",)),
    "method of the base class": lambda c: sqlite3.Connection.execute(c, READ, ("paid",)),
    "with connection": lambda c: c.__enter__().execute(READ, ("paid",)),
    "named parameters": lambda c: c.execute("SELECT id FROM orders WHERE status = :s", {"s": "paid"}),
    "script": lambda c: c.executescript("SELECT id FROM orders WHERE status = 'paid'"),
    "after their own trace": lambda c: (c.set_trace_callback(lambda _: None), c.execute(READ, ("paid",))),
    "after their own authorizer": lambda c: (c.set_authorizer(lambda *_: 0), c.execute(READ, ("paid",))),
    "after a row factory": lambda c: (setattr(c, "row_factory", sqlite3.Row), c.execute(READ, ("paid",))),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_run_a_statement_is_seen_once(connection: WatchedConnection, way: str) -> None:
    WAYS[way](connection)

    [statement] = connection.log
    assert statement.structure == structure(READ)


def test_what_only_the_trace_saw_says_so(connection: WatchedConnection) -> None:
    sqlite3.Cursor(connection).execute(READ, ("O'Brien",)).fetchall()

    [statement] = connection.log
    assert statement.via == "trace"
    assert statement.text.endswith("status = 'O''Brien'")


def test_their_own_trace_and_authorizer_still_work(connection: WatchedConnection) -> None:
    heard: list[str] = []
    connection.set_trace_callback(heard.append)
    connection.execute("SELECT 1")
    connection.set_authorizer(lambda *_: sqlite3.SQLITE_DENY)

    with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
        connection.execute("SELECT id FROM orders")
    assert heard == ["SELECT 1"]


def test_many_rows_are_one_statement_with_all_parameters(connection: WatchedConnection) -> None:
    connection.executemany("INSERT INTO customers VALUES (?, ?, ?)", ((n, "e", "c") for n in range(3)))

    inserted = [statement for statement in connection.log if statement.via == "executemany"]
    assert [statement.parameters for statement in inserted] == [[(0, "e", "c"), (1, "e", "c"), (2, "e", "c")]]
    assert connection.log.writes == ["INSERT main.customers"]


def test_a_failing_statement_is_logged_too(connection: WatchedConnection) -> None:
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("SELECT nothing FROM nowhere")
    assert [statement.text for statement in connection.log] == ["SELECT nothing FROM nowhere"]


def test_connections_opened_inside_the_block_share_one_log_and_outside_none() -> None:
    with watch_statements() as log:
        for number in range(2):
            with closing(sqlite3.connect(":memory:")) as opened:
                opened.execute("SELECT ?", (number,))
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.execute("SELECT 3")
        assert type(opened) is sqlite3.Connection
    assert [statement.parameters for statement in log] == [(0,), (1,)]


class Theirs(sqlite3.Connection):
    def twice(self, sql: str) -> list[Any]:
        return self.execute(sql).fetchall() * 2


def test_a_connection_class_of_their_own_is_watched_and_still_theirs() -> None:
    with watch_statements() as log:
        for factory in (Theirs, sqlite3.Connection, WatchedConnection):
            with closing(sqlite3.connect(":memory:", factory=factory)) as opened:
                assert isinstance(opened, factory)
                opened.execute("SELECT 1")
        with closing(sqlite3.connect(":memory:", factory=Theirs)) as theirs:
            assert theirs.twice("SELECT 7") == [(7,), (7,)]
    assert len(log) == 4


def test_the_log_prints_all_there_is(connection: WatchedConnection) -> None:
    connection.execute(READ, ("paid",))
    connection.execute("DELETE FROM customers")
    assert str(connection.log) == (
        f"2 statements\n1. {READ}\n    bound: ('paid',)\n2. DELETE FROM customers\nwrites: DELETE main.customers"
    )


# Content


def test_reading_changes_no_content_and_leaves_no_trace(connection: WatchedConnection) -> None:
    before = content(connection)
    connection.row_factory, connection.text_factory = sqlite3.Row, bytes
    connection.execute(READ, ("paid",)).fetchall()

    assert changes(before, content(connection)) == []
    assert len(connection.log) == 1
    assert connection.text_factory is bytes


WRITES = {
    "DELETE FROM orders WHERE id = 1": ["main.orders: 20 rows before, 19 after"],
    "DELETE FROM orders WHERE id IN (1, 2)": ["main.orders: 20 rows before, 18 after"],
    "UPDATE orders SET note = 'x' WHERE id = 1": ["main.orders: rows changed"],
    "DROP TABLE customers": ["main schema changed", "main.customers is gone"],
    "CREATE TABLE t (a)": ["main schema changed", "main.t is new"],
    "CREATE TEMP TABLE t (a)": ["temp schema changed", "temp.t is new"],
    "CREATE INDEX i ON orders (total)": ["main schema changed"],
    "PRAGMA user_version = 7": ["main schema changed"],
}


@pytest.mark.parametrize("sql", WRITES)
def test_a_change_is_told_even_before_it_is_committed(connection: WatchedConnection, sql: str) -> None:
    before = content(connection)
    connection.execute(sql)
    assert changes(before, content(connection)) == WRITES[sql]


def test_a_write_that_was_undone_is_in_the_log_alone(connection: WatchedConnection) -> None:
    before = content(connection)
    connection.execute("DELETE FROM orders")
    connection.rollback()

    assert changes(before, content(connection)) == []
    assert connection.log.writes == ["DELETE main.orders"]


def test_a_closed_connection_has_no_content() -> None:
    opened = open_watched()
    opened.close()
    with pytest.raises(sqlite3.ProgrammingError):
        content(opened)


# Structure

SAME = [
    ("status = 'paid'", "status = ?"),
    ("status = 'it''s'", "status = :status"),
    ("id = 7", "id = -7"),
    ("id = 0x7", "id = 7.5e-3"),
    ("id IN (-1)", "id IN (1)"),
    ("SELECT  id\nFROM orders", "select id from ORDERS"),
    ("a = x'41'", "a = ''"),
]
DIFFERENT = [
    ("status = 'paid'", "status = 'paid' OR 1=1"),
    ("status = 'paid'", "status = 'paid' --'"),
    ("status = 'paid'", "status = 'paid' /* x */"),
    ("status = 'paid'", "status = 'paid''"),
    ("status = 'paid'", 'status = "paid"'),
    ("id = 7", "id = user_id"),
    ("id = 7", "id = 7 - 1"),
    ("id = 7", "id = 7;"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_statements_that_differ_in_values_have_one_structure(one: str, other: str) -> None:
    assert structure(one) == structure(other)
    assert added(one, other) == ()


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_statements_that_differ_in_more_do_not(one: str, other: str) -> None:
    assert structure(one) != structure(other)


def test_what_a_value_added_is_named_in_order() -> None:
    assert added("SELECT 1 WHERE a = 'x'", "SELECT 1 WHERE a = 'x' OR 1=1 -- '") == ("or", "?", "=", "?", "-- comment")


def test_an_unclosed_quote_is_no_literal() -> None:
    assert [token.kind for token in tokens("a = 'x")] == ["word", "operator", "broken", "word"]
    assert outside_values("a = 'b' AND c = 'd") == "a = ? AND c = ' d"


def test_the_tokens_agree_with_sqlite_on_where_a_literal_ends() -> None:
    with closing(sqlite3.connect(":memory:")) as plain:
        for literal in ["'a'", "'it''s'", "'--'", "'/*'", "''''", "'a\nb'", "x'4142'", "1e3", ".5", "0x1F"]:
            assert len(plain.execute(f"SELECT {literal}").fetchone()) == 1
            assert structure(f"SELECT {literal}") == ("select", "?")


# Attack x argument


def bound(connection: sqlite3.Connection, user_id: Any, status: str, sort_by: str = "id") -> list[Any]:
    if sort_by not in ("id", "total"):
        raise ValueError(sort_by)
    sql = f"SELECT id FROM orders WHERE user_id = ? AND status = ? ORDER BY {sort_by}"
    return connection.execute(sql, (user_id, status)).fetchall()


def escaped_by_hand(connection: sqlite3.Connection, user_id: Any, status: str, sort_by: str = "id") -> list[Any]:
    if sort_by not in ("id", "total"):
        raise ValueError(sort_by)
    quoted = [str(value).replace("'", "''") for value in (user_id, status)]
    where = "user_id = '{}' AND status = '{}'".format(*quoted)
    return connection.execute(f"SELECT id FROM orders WHERE {where} ORDER BY {sort_by}").fetchall()


def sort_spliced(connection: sqlite3.Connection, user_id: Any, status: str, sort_by: str = "id") -> list[Any]:
    sql = f"SELECT id FROM orders WHERE user_id = ? AND status = ? ORDER BY {sort_by}"
    return connection.execute(sql, (user_id, status)).fetchall()


def two_spliced(connection: sqlite3.Connection, user_id: Any, status: str, sort_by: str = "id") -> list[Any]:
    sql = f"SELECT id FROM orders WHERE user_id = {user_id} AND status = ? ORDER BY {sort_by}"
    return connection.execute(sql, (status,)).fetchall()


def a_script(connection: sqlite3.Connection, user_id: Any, status: str, sort_by: str = "id") -> list[Any]:
    connection.executescript(f"SELECT id FROM orders WHERE user_id = {user_id}")
    return []


def measured(function: Callable[..., Any]) -> InjectionReading:
    attacks = {"user_id": number_attacks(), "status": text_attacks(), "sort_by": name_attacks()}
    return measure_injection(function, open_watched, {"user_id": 3, "status": "paid", "sort_by": "id"}, attacks)


@pytest.mark.parametrize("function", [bound, escaped_by_hand])
def test_good_code_is_silent_under_every_attack(function: Callable[..., Any]) -> None:
    reading = measured(function)
    assert reading.holds
    assert str(reading).endswith("0 of 35 attacks changed a statement")


def test_one_spliced_argument_is_found_and_the_others_stay_silent() -> None:
    reading = measured(sort_spliced)
    assert not reading.holds
    assert reading.count("sort_by", "acted", "broke") == len(name_attacks())
    assert reading.count("user_id", "data") == len(number_attacks())
    assert reading.count("status", "data") == len(text_attacks())


def test_two_spliced_arguments_are_both_found() -> None:
    reading = measured(two_spliced)
    assert reading.count("sort_by", "acted", "broke") == len(name_attacks())
    assert reading.count("user_id", "acted", "broke") == len(number_attacks())
    assert reading.count("status", "data") == len(text_attacks())


def test_a_script_lets_a_second_statement_through_and_the_rows_are_gone() -> None:
    reading = measured(a_script)
    stacked = next(shot for shot in reading.shots if (shot.argument, shot.attack) == ("user_id", "stacked"))
    assert stacked.outcome == "wrote"
    assert stacked.trial.written == ("main.orders: 20 rows before, 0 after",)


def test_a_trial_prints_all_there_is() -> None:
    trial = try_values(bound, open_watched, {"user_id": 1, "status": MARK})
    assert str(trial).splitlines() == [
        "user_id = 1",
        "status = 'zq7mark'",
        "SELECT id FROM orders WHERE user_id = ? AND status = ? ORDER BY id",
        "    bound: (1, 'zq7mark')",
        "0 rows came back",
        "data: the value was bound, or stayed inside a literal",
    ]


def test_without_a_mark_nothing_is_told_from_one() -> None:
    trial = try_values(two_spliced, open_watched, {"user_id": "user_id", "status": "paid"})
    assert trial.outcome == ""
    assert str(trial).endswith("4 rows came back")


def test_a_statement_that_runs_away_is_interrupted() -> None:
    endless = "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n)"
    trial = try_values(two_spliced, open_watched, {"user_id": endless, "status": "paid"})
    assert trial.raised == "OperationalError: interrupted"


def test_refusing_everything_is_refused_in_every_cell() -> None:
    def refuse(connection: sqlite3.Connection, **given: Any) -> list[Any]:
        if any(MARK in str(value) for value in given.values()):
            raise ValueError("no")
        return connection.execute(READ, (given["status"],)).fetchall()

    assert {shot.outcome for shot in measured(refuse).shots} == {"refused"}


def test_a_spliced_literal_is_told_from_a_bound_one_and_from_one_let_loose(connection: WatchedConnection) -> None:
    connection.execute(READ, (MARK,))
    connection.execute(f"SELECT id FROM orders WHERE status = '{MARK}'")
    connection.execute(f"SELECT id FROM orders -- {MARK}")
    statements = connection.log.statements
    assert spliced(statements) == statements[1:]
    assert let_loose(statements) == statements[2:]


def test_every_attack_carries_the_mark_it_is_given() -> None:
    for attacks in (text_attacks, number_attacks, name_attacks):
        assert all("other" in value and MARK not in value for value in attacks("other").values())


@pytest.mark.parametrize("make", [lambda made: made, lambda made: made.cursor()])
@pytest.mark.parametrize("watched", [True, False])
def test_what_a_plain_one_does_not_take_it_does_not_take_either(make: Any, watched: bool) -> None:
    """Whoever remembers on the connection finds out in life, so the instrument must not let it pass."""
    with watch_statements():
        connection = sqlite3.connect(":memory:", **({"factory": WatchedConnection} if watched else {}))
        made = make(connection)
        with pytest.raises(AttributeError, match="has no attribute 'remembered'"):
            made.remembered = {}
        made.row_factory = sqlite3.Row
        assert made.execute("SELECT 1 AS one").fetchone()["one"] == 1

        class Mine(sqlite3.Connection):
            pass

        mine = Mine(":memory:")
        mine.remembered = {}  # type: ignore[attr-defined]
        mine.close()
        connection.close()
