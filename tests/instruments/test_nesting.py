"""Two instruments on one piece of code: each reads what it reads alone, in whatever order they come and go."""

from __future__ import annotations

import importlib
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from itertools import permutations
from pathlib import Path
from sqlite3 import connect, dbapi2
from typing import Any

import pytest

from course_lib.instruments.handles import watch_handles
from course_lib.instruments.injection import watch_statements
from course_lib.instruments.queries import count_queries
from course_lib.instruments.work.operations import counting_database_steps

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # planted on purpose
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:Passing more than 1 positional argument:DeprecationWarning"),  # it still may
]


@contextmanager
def reading(watch: AbstractContextManager[Any], read: Callable[[Any], Any]) -> Iterator[Callable[[], Any]]:
    """A watch, and how to read its figures afterwards."""
    with watch as watched:
        yield lambda: read(watched)


def handles() -> AbstractContextManager[Callable[[], Any]]:
    return reading(
        watch_handles(kinds=["SQLite connection"]),
        lambda ledger: (ledger.reading.opened, ledger.reading.closed_by_code, ledger.reading.left_to_collector),
    )


def queries() -> AbstractContextManager[Callable[[], Any]]:
    return reading(count_queries(), lambda found: (found.queries, found.rows, found.unaccounted))


def statements() -> AbstractContextManager[Callable[[], Any]]:
    return reading(
        watch_statements(),
        lambda log: ([(one.text, one.parameters) for one in log if one.via == "execute"], log.writes),
    )


def steps() -> AbstractContextManager[Callable[[], Any]]:
    return reading(counting_database_steps(), lambda counted: counted().database >= 50)


INSTRUMENTS = {"handles": handles, "queries": queries, "statements": statements, "steps": steps}
PAIRS = list(permutations(INSTRUMENTS, 2))


class Shop(sqlite3.Connection):
    """A connection class of somebody's own, defined before any watch."""


OPENED: dict[str, Callable[[], sqlite3.Connection]] = {
    "by the module": lambda: sqlite3.connect(":memory:"),
    "by dbapi2": lambda: dbapi2.connect(":memory:"),
    "by a name imported earlier": lambda: connect(":memory:"),
    "by the class": lambda: sqlite3.Connection(":memory:"),
    "by a factory": lambda: sqlite3.connect(":memory:", factory=Shop),
    "by a factory in its place": lambda: sqlite3.connect(":memory:", 5.0, 0, "", True, Shop),
}


def ask(opened: Callable[[], sqlite3.Connection] = OPENED["by the module"]) -> None:
    """One connection closed and one left; three rows in, three rows out."""
    with closing(opened()) as connection:
        connection.execute("CREATE TABLE t (n)")
        for number in range(3):
            connection.execute("INSERT INTO t VALUES (?)", (number,))
        assert connection.execute("SELECT n, n, n FROM t AS a ORDER BY -n").fetchall() == [(2,) * 3, (1,) * 3, (0,) * 3]
    opened()


def twice() -> None:
    ask()
    ask()


def alone(name: str, work: Callable[[], None]) -> Any:
    with INSTRUMENTS[name]() as read:
        work()
    return read()


@pytest.mark.parametrize("opened", OPENED)
@pytest.mark.parametrize("name", INSTRUMENTS)
def test_each_way_to_open_a_connection_is_seen(name: str, opened: str) -> None:
    """However a connection is opened, the instrument reads the same."""
    found = alone(name, lambda: ask(OPENED[opened]))

    assert (
        found
        == {
            "handles": (2, 1, 1),
            "queries": (5, 3, []),
            "statements": (
                [
                    ("CREATE TABLE t (n)", ()),
                    *(("INSERT INTO t VALUES (?)", (number,)) for number in range(3)),
                    ("SELECT n, n, n FROM t AS a ORDER BY -n", ()),
                ],
                ["CREATE TABLE main.t", "INSERT main.t"],
            ),
            "steps": True,
        }[name]
    )


def test_a_factory_that_makes_what_it_likes_is_heard_by_its_trace() -> None:
    """Its statements and its close are seen; what its rows hold can't be, and the readings say so."""
    with watch_handles(kinds=["SQLite connection"]) as ledger, count_queries() as found, watch_statements() as log:
        ask(lambda: sqlite3.connect(":memory:", factory=lambda *given, **_named: Shop(*given)))

    assert (ledger.reading.opened, ledger.reading.closed_by_code, ledger.reading.left_to_collector) == (2, 1, 1)
    assert (found.queries, len(found.unaccounted), found.rows) == (5, 5, 0)
    assert "rows are unknown for 5 of them" in str(found)
    assert [statement.via for statement in log] == ["trace"] * len(log)


@pytest.mark.parametrize(("outer", "inner"), PAIRS)
def test_nested_instruments_read_what_they_read_alone(outer: str, inner: str) -> None:
    expected = alone(outer, ask), alone(inner, ask)

    with INSTRUMENTS[outer]() as read_outer, INSTRUMENTS[inner]() as read_inner:
        ask()

    assert (read_outer(), read_inner()) == expected


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_the_first_to_come_may_be_the_first_to_leave(first: str, second: str) -> None:
    """The second goes on alone; afterwards everything is as it was."""
    plain = sqlite3.connect, dbapi2.connect, connect, sqlite3.Connection, sqlite3.Cursor
    expected = alone(first, ask), alone(second, twice)

    with ExitStack() as one, ExitStack() as other:
        read_first = one.enter_context(INSTRUMENTS[first]())
        read_second = other.enter_context(INSTRUMENTS[second]())
        ask()
        one.close()
        ask()

    assert (read_first(), read_second()) == expected
    assert (sqlite3.connect, dbapi2.connect, connect, sqlite3.Connection, sqlite3.Cursor) == plain
    with closing(sqlite3.connect(":memory:")) as connection:
        assert type(connection) is sqlite3.Connection


@pytest.mark.parametrize(("outer", "inner"), PAIRS)
def test_a_connection_opened_under_the_outer_one_is_seen_by_the_inner_one(outer: str, inner: str) -> None:
    """Also its cursors that were made before the inner one came."""
    with INSTRUMENTS[outer]() as read_outer, closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (n)")
        cursor = connection.cursor()
        with INSTRUMENTS[inner]() as read_inner:
            for number in range(3):
                cursor.execute("INSERT INTO t VALUES (?)", (number,))
            assert len(cursor.execute("SELECT a.n FROM t AS a, t AS b ORDER BY -a.n").fetchall()) == 9

    seen = {
        "handles": (0, 0, 0),
        "queries": (4, 9, []),
        "statements": (
            [
                *(("INSERT INTO t VALUES (?)", (number,)) for number in range(3)),
                ("SELECT a.n FROM t AS a, t AS b ORDER BY -a.n", ()),
            ],
            ["INSERT main.t"],
        ),
        "steps": True,
    }
    assert read_inner() == seen[inner]
    if outer == "queries":
        assert read_outer() == (5, 9, [])


@pytest.mark.parametrize(("outer", "inner"), PAIRS)
def test_work_in_another_thread_is_read_by_both(outer: str, inner: str) -> None:
    expected = alone(outer, ask), alone(inner, ask)

    with INSTRUMENTS[outer]() as read_outer, INSTRUMENTS[inner]() as read_inner:
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()

    assert (read_outer(), read_inner()) == expected


def test_what_the_code_sets_on_its_connection_still_works() -> None:
    """Its row factory, trace, authorizer and progress handler are asked, under all four instruments at once."""
    heard: list[str] = []
    with ExitStack() as stack:
        for instrument in INSTRUMENTS.values():
            stack.enter_context(instrument())
        connection = stack.enter_context(closing(sqlite3.connect(":memory:")))
        connection.set_trace_callback(lambda _sql: heard.append("trace"))
        connection.set_authorizer(lambda *_: heard.append("authorizer") or sqlite3.SQLITE_OK)  # type: ignore[func-returns-value]
        connection.set_progress_handler(lambda: heard.append("progress"), 20)
        connection.row_factory = sqlite3.Row
        cursor = connection.execute("SELECT 1 AS one UNION SELECT 2 ORDER BY 1")

        assert [row["one"] for row in cursor] == [1, 2]
        assert cursor.row_factory is sqlite3.Row
        assert connection.row_factory is sqlite3.Row
        cursor.row_factory = None
        assert cursor.execute("SELECT 1").fetchone() == (1,)
    assert {"trace", "authorizer", "progress"} == set(heard)


def test_their_own_handlers_are_back_when_nobody_listens_any_more() -> None:
    """A connection outlives the watch: what the code set on it is all there is."""
    heard: list[str] = []
    with ExitStack() as stack:
        for instrument in INSTRUMENTS.values():
            stack.enter_context(instrument())
        connection = sqlite3.connect(":memory:")
        connection.set_trace_callback(heard.append)
    with closing(connection):
        connection.execute("SELECT 1")

    assert heard == ["SELECT 1"]


def test_a_connection_that_was_open_before_is_heard() -> None:
    """Its statements count for both; what only a cursor can tell is said to be unknown."""
    with closing(sqlite3.connect(":memory:")) as connection:
        with count_queries() as found, watch_statements() as log:
            connection.execute("SELECT ?", (7,)).fetchall()
        connection.execute("SELECT 8")

    assert (found.queries, found.rows) == (1, 0)
    assert "rows are unknown for 1 of them: sent on a connection that was open before" in str(found)
    assert [(statement.text, statement.via) for statement in log] == [("SELECT 7", "trace")]


def test_a_connection_of_another_thread_that_was_open_before_is_out_of_reach() -> None:
    """SQLite lets no other thread listen to it: a reading that saw nothing says that there is one."""
    opened, asked, go = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        with closing(sqlite3.connect(":memory:")) as connection:
            opened.set()
            go.wait()
            connection.execute("SELECT 1")
            asked.set()

    thread = threading.Thread(target=work)
    thread.start()
    opened.wait()
    with count_queries() as found:
        go.set()
        asked.wait()
        seen = found.unmeasured
    thread.join()

    assert seen.startswith("unmeasured: no statement reached a database")
    assert "of other threads" in seen


def test_what_a_module_imported_during_the_watch_has_bound_is_plain_again_afterwards(tmp_path: Path) -> None:
    """`from sqlite3 import connect` binds the stand-in for good: it is taken out again."""
    (tmp_path / "loaded_meanwhile.py").write_text("from sqlite3 import Connection, connect", encoding="utf-8")
    plain = sqlite3.connect, sqlite3.Connection
    sys.path.insert(0, str(tmp_path))
    try:
        with count_queries():
            loaded = importlib.import_module("loaded_meanwhile")
            assert loaded.connect is not plain[0]
    finally:
        sys.path.remove(str(tmp_path))
        sys.modules.pop("loaded_meanwhile", None)

    assert (loaded.connect, loaded.Connection) == plain


TWO_FIXTURES = """
import sqlite3
from course_lib.instruments.handles.fixture import handles_closed
from course_lib.instruments.queries.fixture import queries

def test_left_open(handles_closed, queries):
    sqlite3.connect(":memory:").execute("SELECT 1").fetchall()
    assert queries.queries == 1

def test_left_open_turned_round(queries, handles_closed):
    sqlite3.connect(":memory:").execute("SELECT 1").fetchall()
    assert queries.queries == 1
"""


def test_two_fixtures_on_one_test_both_speak(tmp_path: Path) -> None:
    """A connection left open ends the test with an error, whichever fixture comes first; the queries count."""
    (tmp_path / "test_two.py").write_text(TWO_FIXTURES, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", ".", "test_two.py"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "2 passed, 2 errors" in run.stdout, run.stdout
    assert run.stdout.count("left to the collector") >= 2, run.stdout
