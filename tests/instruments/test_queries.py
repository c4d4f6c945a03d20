"""Silent on clean code first, then loud on each of the known shapes, then twice as loud on twice the defect."""

from __future__ import annotations

import gc
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.db.models import Count, F, Prefetch, Sum
from django.db.models.functions import Length
from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session, joinedload, selectinload, subqueryload

from course_lib.instruments.queries import (
    QueryReading,
    count_queries,
    fingerprint,
    is_control,
    measure_growth,
    slope,
)
from course_lib.instruments.seams.sqlite import deaf_connections
from course_lib.testbeds import blog, feed
from course_lib.testbeds.blog import Post, User

SIZES = (10, 20, 40)


@pytest.fixture(autouse=True)
def _own_blog(tmp_path: Path) -> Iterator[None]:
    blog.use_sqlite_file(tmp_path / "blog.sqlite3")
    connection.ensure_connection()  # makes the tables
    yield
    connections.close_all()


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = feed.create_feed()
    yield engine
    engine.dispose()


# Code that must stay silent.


def a_fixed_loop_of_three() -> None:
    for letter in "abc":
        list(User.objects.filter(username__startswith=letter))


def one_question_in_nested_transactions() -> None:
    with transaction.atomic(), transaction.atomic(), transaction.atomic():
        User.objects.exists()


def one_update_of_all() -> None:
    with transaction.atomic():
        Post.objects.update(title=F("title"))


def bulk_update() -> None:
    users = list(User.objects.all())
    User.objects.bulk_update(users, ["username"])


def filtered_prefetch() -> list[int]:
    long = Prefetch("post_set", Post.objects.exclude(title=""), to_attr="long")
    return [len(user.long) for user in User.objects.prefetch_related(long)]


CLEAN: dict[str, Callable[[], Any]] = {
    "annotate": lambda: list(User.objects.annotate(n=Count("post")).values("username", "n")),
    "select_related": lambda: [post.user.username for post in Post.objects.select_related("user")],
    "prefetch_related": lambda: [len(user.post_set.all()) for user in User.objects.prefetch_related("post_set")],
    "filtered prefetch": filtered_prefetch,
    "values over a join": lambda: list(Post.objects.values_list("title", "user__username")),
    "in_bulk": lambda: User.objects.in_bulk(),
    "bulk_create": lambda: Post.objects.bulk_create([Post(user=u, title="t", body="b") for u in User.objects.all()]),
    "bulk_update": bulk_update,
    "one update of all": one_update_of_all,
    "nested transactions": one_question_in_nested_transactions,
    "a fixed loop of three": a_fixed_loop_of_three,
    "a lazy queryset": lambda: User.objects.order_by("username"),
}


@pytest.mark.parametrize("name", CLEAN)
def test_silent_on_clean_django(name: str) -> None:
    growth = measure_growth(SIZES, blog.fill, CLEAN[name])

    assert growth.query_slope == 0, str(growth)
    assert growth.readings[SIZES[-1]].queries >= 1


# Code that asks once for each row.


class Author(User):
    class Meta:
        proxy = True
        app_label = "blog"

    @property
    def post_count(self) -> int:
        return int(self.post_set.count())


def raw_cursor() -> None:
    with connection.cursor() as cursor:
        for user in User.objects.all():
            cursor.execute("SELECT COUNT(*) FROM blog_post WHERE user_id = %s", [user.id])
            cursor.fetchone()


def raw_text() -> None:
    with connection.cursor() as cursor:
        for user in User.objects.all():
            cursor.execute(f"SELECT COUNT(*) FROM blog_post WHERE user_id = {user.id}")


def save_each() -> None:
    for user in User.objects.all():
        user.save()


def transaction_each() -> None:
    for user in User.objects.all():
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(username=user.username)


def refresh_each() -> None:
    for user in User.objects.all():
        user.refresh_from_db()


def create_each() -> None:
    for user in User.objects.all():
        Post.objects.create(user=user, title="t", body="b")


def prefetch_undone() -> list[int]:
    users = User.objects.prefetch_related("post_set")
    return [user.post_set.exclude(title="").count() for user in users]


def in_threads() -> None:
    def ask(user: User) -> None:
        user.post_set.count()
        connection.close()

    for user in User.objects.all():
        thread = threading.Thread(target=ask, args=(user,))
        thread.start()
        thread.join()


def a_driver_connection() -> None:
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as own:
        for user in User.objects.all():
            own.execute("SELECT COUNT(*) FROM blog_post WHERE user_id = ?", (user.id,)).fetchone()


PLANTED: dict[str, Callable[[], Any]] = {
    "foreign key": lambda: [user_post.user.username for user_post in Post.objects.filter(title__endswith="no. 1")],
    "all()": lambda: [len(user.post_set.all()) for user in User.objects.all()],
    "count()": lambda: [user.post_set.count() for user in User.objects.all()],
    "exists()": lambda: [user.post_set.exists() for user in User.objects.all()],
    "first()": lambda: [user.post_set.first() for user in User.objects.all()],
    "filter().first()": lambda: [Post.objects.filter(user=user).first() for user in User.objects.all()],
    "aggregate()": lambda: [user.post_set.aggregate(size=Sum(Length("body"))) for user in User.objects.all()],
    "get() by id": lambda: [User.objects.get(pk=pk) for pk in User.objects.values_list("pk", flat=True)],
    "values_list()": lambda: [list(user.post_set.values_list("id")) for user in User.objects.all()],
    "in_bulk of one": lambda: [User.objects.in_bulk([user.pk]) for user in User.objects.all()],
    "deferred field": lambda: [post.body for post in Post.objects.only("title").filter(title__endswith="no. 1")],
    "property": lambda: [author.post_count for author in Author.objects.all()],
    "prefetch undone by a filter": prefetch_undone,
    "raw cursor": raw_cursor,
    "raw text": raw_text,
    "save()": save_each,
    "create()": create_each,
    "transaction for each row": transaction_each,
    "refresh_from_db()": refresh_each,
    "threads": in_threads,
    "a driver connection": a_driver_connection,
}


@pytest.mark.parametrize("name", PLANTED)
def test_finds_each_shape_in_django(name: str) -> None:
    growth = measure_growth(SIZES, blog.fill, PLANTED[name])

    assert growth.query_slope == pytest.approx(1.0), str(growth)
    repeated = growth.readings[40].repeated
    assert repeated is not None
    assert repeated.count == 40


def test_twice_the_defect_is_twice_the_slope() -> None:
    def twice() -> None:
        for user in User.objects.all():
            user.post_set.count()
            user.post_set.exists()

    assert measure_growth(SIZES, blog.fill, twice).query_slope == 2.0


CLEAN_ALCHEMY: dict[str, Callable[[Session], Any]] = {
    "joinedload": lambda s: [p.author.name for p in s.scalars(select(feed.Post).options(joinedload(feed.Post.author)))],
    "selectinload": lambda s: [p.tags[:] for p in s.scalars(select(feed.Post).options(selectinload(feed.Post.tags)))],
    "subqueryload": lambda s: [p.tags[:] for p in s.query(feed.Post).options(subqueryload(feed.Post.tags))],
    "executemany": lambda s: s.execute(
        insert(feed.Tag), [{"name": f"new {n}"} for n in range(s.query(feed.Post).count())]
    ),
}
PLANTED_ALCHEMY: dict[str, Callable[[Session], Any]] = {
    "lazy collection": lambda s: [p.tags[:] for p in s.scalars(select(feed.Post))],
    "lazy author": lambda s: [p.author.name for p in s.scalars(select(feed.Post))],
    "refresh": lambda s: [s.refresh(p) for p in s.scalars(select(feed.Post)).all()],
    "get": lambda s: [s.get(feed.Post, pk) for pk in s.scalars(select(feed.Post.id)).all()],
    "raw": lambda s: [
        s.connection().exec_driver_sql("SELECT ?", (n,)).all() for n in s.scalars(select(feed.Post.id)).all()
    ],
}


def alchemy_slope(engine: Engine, call: Callable[[Session], Any]) -> float:
    def run() -> None:
        with Session(engine) as session:
            call(session)

    return measure_growth(SIZES, lambda n: feed.fill_evenly(engine, n, authors=n), run).query_slope


@pytest.mark.parametrize("name", CLEAN_ALCHEMY)
def test_silent_on_clean_sqlalchemy(name: str, engine: Engine) -> None:
    assert alchemy_slope(engine, CLEAN_ALCHEMY[name]) == 0


@pytest.mark.parametrize("name", PLANTED_ALCHEMY)
def test_finds_each_shape_in_sqlalchemy(name: str, engine: Engine) -> None:
    assert alchemy_slope(engine, PLANTED_ALCHEMY[name]) == pytest.approx(1.0)


# What a reading holds.


def test_rows_count_when_the_driver_hands_them_over() -> None:
    with count_queries() as reading, closing(sqlite3.connect(":memory:")) as own:
        own.execute("CREATE TABLE t (n)")
        own.executemany("INSERT INTO t VALUES (?)", [(n,) for n in range(10)])
        seen = []
        cursor = own.execute("SELECT n FROM t")
        for take in (
            cursor.fetchone,
            lambda: cursor.fetchmany(2),
            lambda: next(cursor),
            cursor.fetchall,
            cursor.fetchone,
        ):
            take()
            seen.append(reading.rows)

    assert seen == [1, 3, 4, 10, 10]
    assert [statement.sql.split()[0] for statement in reading.statements] == ["CREATE", "INSERT", "SELECT"]


def test_transaction_control_and_set_up_do_not_count() -> None:
    with count_queries() as reading, closing(sqlite3.connect(":memory:", isolation_level=None)) as own:
        for sql in (
            "BEGIN",
            "SAVEPOINT a",
            "RELEASE a",
            "COMMIT",
            "PRAGMA foreign_keys = ON",
            "/* why */ begin; ",
            "END",
        ):
            own.execute(sql).fetchall()

    assert (reading.queries, reading.rows) == (0, 0)


@pytest.mark.parametrize(
    "sql",
    ["start /* a */ transaction", "SELECT sqlite_version()", "select sqlite_compileoption_used('A');", "commit;;"],
)
def test_control_is_told_however_it_is_written(sql: str) -> None:
    assert is_control(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "",
        "START",
        "SELECT sqlite_version() FROM t",
        "SELECT sqlite_version(), (SELECT 1)",
        "BEGIN; SELECT 1",
        "SELECT 1 -- BEGIN",
        "-- BEGIN\nSELECT 1",
        "/* COMMIT */ DELETE FROM t",
    ],
)
def test_what_only_looks_like_control_counts(sql: str) -> None:
    assert not is_control(sql)


def test_each_statement_of_a_script_counts() -> None:
    with count_queries() as reading, closing(sqlite3.connect(":memory:")) as own:
        own.executescript("CREATE TABLE t (n); INSERT INTO t VALUES (1); BEGIN; DELETE FROM t; COMMIT")

    assert reading.queries == 3


def test_connections_that_were_open_before_count_too(engine: Engine) -> None:
    blog.fill(3)
    feed.fill_evenly(engine, 3)
    session = Session(engine)
    session.connection()
    with count_queries(connection, engine, session) as reading:
        User.objects.count()
        session.scalars(select(feed.Post)).all()
    session.close()

    assert (reading.queries, reading.rows) == (2, 4)


def test_a_plain_connection_that_was_open_before_is_refused() -> None:
    with (
        closing(sqlite3.connect(":memory:")) as own,
        pytest.raises(TypeError, match="opened before"),
        count_queries(own),
    ):
        pass


def test_a_driver_it_does_not_know_is_refused() -> None:
    class Other:
        vendor = "oracle"

    with pytest.raises(TypeError, match="oracle"), count_queries(Other()):
        pass


def test_the_plain_driver_is_back_afterwards() -> None:
    before = sqlite3.connect
    with count_queries(), count_queries():
        assert sqlite3.connect is not before
    assert sqlite3.connect is before
    with closing(sqlite3.connect(":memory:")) as own:
        assert type(own) is sqlite3.Connection


def plainest(thing: object) -> Any:
    """The class that sqlite3 itself defines, below what stands for it."""
    return next(kind for kind in reversed(type(thing).__mro__) if kind.__module__ == "sqlite3")


def test_what_goes_past_the_counting_cursor_is_noticed() -> None:
    with count_queries() as reading, closing(sqlite3.connect(":memory:")) as own:
        cursor = own.cursor()
        plainest(cursor).execute(cursor, "SELECT 1")

    assert (reading.queries, reading.unaccounted) == (1, ["a statement past the driver's cursors, SELECT 1"])
    assert "rows are unknown" in str(reading)


def test_a_copy_of_the_whole_database_is_noticed() -> None:
    with (
        count_queries() as reading,
        closing(sqlite3.connect(":memory:")) as one,
        closing(sqlite3.connect(":memory:")) as two,
    ):
        one.backup(two)

    assert reading.unaccounted == ["a copy of the whole database"]


def test_a_connection_whose_trace_was_taken_off_is_deaf() -> None:
    with count_queries(), closing(sqlite3.connect(":memory:")) as own, closing(sqlite3.connect(":memory:")):
        before = deaf_connections()
        plainest(own).set_trace_callback(own, None)

        assert deaf_connections() == before + 1
    assert deaf_connections() == before


@pytest.mark.parametrize("method", ["execute", "fetchone", "fetchmany", "fetchall", "executemany", "__next__"])
def test_the_books_are_out_of_reach_from_a_cursor(method: str) -> None:
    """A Python function would lead, by its globals, to what it writes to."""
    with count_queries(), closing(sqlite3.connect(":memory:")) as own:
        found = getattr(type(own.cursor()), method)

    assert not hasattr(found, "__globals__")
    assert not hasattr(found, "__wrapped__")
    assert not hasattr(found, "__closure__")


def test_rows_of_set_up_do_not_count() -> None:
    with count_queries() as reading, closing(sqlite3.connect(":memory:")) as own:
        cursor = own.execute("PRAGMA user_version")
        cursor.fetchall()
        assert reading.rows == 0
        cursor.execute("SELECT 1").fetchall()

    assert (reading.queries, reading.rows) == (1, 1)


def test_a_users_trace_callback_still_hears_everything() -> None:
    heard: list[str] = []
    with count_queries() as reading, closing(sqlite3.connect(":memory:")) as own:
        own.set_trace_callback(heard.append)
        own.execute("SELECT 1")

    assert (heard, reading.queries, reading.unaccounted) == (["SELECT 1"], 1, [])


def test_a_cursor_class_of_ones_own_keeps_its_behaviour() -> None:
    class Loud(sqlite3.Cursor):
        def fetchone(self) -> Any:
            return "loud", super().fetchone()

    with count_queries() as reading, closing(sqlite3.connect(":memory:")) as own:
        cursor = own.cursor(Loud).execute("SELECT 7")
        assert cursor.fetchone() == ("loud", (7,))
        assert isinstance(cursor, Loud)
    assert (reading.queries, reading.rows) == (1, 1)


def test_the_repeated_statement_is_put_down_to_its_line() -> None:
    blog.fill(6)
    with count_queries() as reading:
        for user in User.objects.all():
            user.post_set.count()  # here

    repeated = reading.repeated
    assert repeated is not None
    assert (repeated.count, repeated.source) == (6, "user.post_set.count()  # here")
    assert repeated.function == "test_the_repeated_statement_is_put_down_to_its_line"
    assert repeated.statement == 'SELECT COUNT(*) AS "__count" FROM "blog_post" WHERE "blog_post"."user_id" = ?'
    assert str(reading).startswith("7 queries, 12 rows\n6 of them are one statement: SELECT COUNT(*)")


def test_a_reading_can_be_watched() -> None:
    blog.fill(4)
    seen: list[int] = []
    with count_queries(on_statement=lambda reading: seen.append(reading.queries)):
        list(User.objects.all())
        User.objects.count()

    assert seen == [1, 2]


def test_readings_nest() -> None:
    with count_queries() as outer:
        User.objects.count()
        with count_queries() as inner:
            User.objects.count()

    assert (outer.queries, inner.queries) == (2, 1)


def test_fingerprints_differ_in_shape_alone() -> None:
    assert fingerprint("SELECT  a1\nFROM t WHERE x = 17 AND y = 'it''s'") == "SELECT a1 FROM t WHERE x = ? AND y = ?"
    assert fingerprint('SELECT "a 5" FROM t WHERE x IN (1, 2, 3)') == 'SELECT "a 5" FROM t WHERE x IN (…)'
    assert fingerprint("INSERT INTO t VALUES (%s, %s), (%s, %s)") == "INSERT INTO t VALUES (…)"
    assert fingerprint("SELECT :name, $1, x::text") == "SELECT ?, ?, x::text"
    assert fingerprint("SELECT 1 FROM a") != fingerprint("SELECT 1 FROM b")


ALIKE = {
    "comments": ["SELECT 1 FROM t /* request=7 */", "SELECT 1 FROM t -- request 8", "/* a */SELECT 1/* b */FROM t"],
    "letter case": ["select A from T where B = 1", "SELECT a FROM t WHERE b = 2"],
    "hexadecimal": ["SELECT a FROM t WHERE b = 0x1F", "SELECT a FROM t WHERE b = 31"],
    "floats": ["SELECT a FROM t WHERE b = 1e9", "SELECT a FROM t WHERE b = .5", "SELECT a FROM t WHERE b = 1.5E-3"],
    "signs": ["SELECT a FROM t WHERE b = -5", "SELECT a FROM t WHERE b = 5", "SELECT a FROM t WHERE b=+5"],
    "blobs": ["SELECT a FROM t WHERE b = x'0f'", "SELECT a FROM t WHERE b = X'AB'", "SELECT a FROM t WHERE b = ?"],
    "quotes": ["SELECT a FROM t WHERE b = 'it''s -- no comment'", "SELECT a FROM t WHERE b = ''"],
    "lists": [
        "SELECT a FROM t WHERE b IN (1,2,3)",
        "SELECT a FROM t WHERE b IN (?)",
        "SELECT a FROM t WHERE b IN ( -4 )",
    ],
    "white space": ["SELECT  a\n\tFROM t", " SELECT a FROM t ;"],
}


@pytest.mark.parametrize("kind", ALIKE)
def test_statements_that_differ_in_values_alone_are_one(kind: str) -> None:
    """A loop that tags, spells or writes each statement in its own way is still one statement, often."""
    reading = QueryReading()
    for sql in ALIKE[kind]:
        reading._note(sql, None)

    assert reading.repeated is not None
    assert reading.repeated.count == len(ALIKE[kind])
    assert reading.repeated.statement == fingerprint(ALIKE[kind][0])


@pytest.mark.parametrize(
    "sql", ["SELECT a FROM t WHERE b = - c", "SELECT a FROM t WHERE b = 1 - 5", 'SELECT "a" FROM u']
)
def test_statements_of_another_shape_stay_apart(sql: str) -> None:
    reading = QueryReading()
    for other in (sql, "SELECT a FROM t WHERE b = 5"):
        reading._note(other, None)

    assert reading.repeated is None


def test_slope_is_taken_from_the_two_largest_sizes() -> None:
    assert slope({10: 100, 20: 5, 40: 45}) == 2.0
    assert slope({10: 100}) == 0.0


def test_growth_prints_all_there_is() -> None:
    growth = measure_growth((5, 10), blog.fill, PLANTED["count()"], unit="user")

    text = str(growth)
    assert text.splitlines()[1].split() == ["5", "6", "10"]
    assert text.splitlines()[2].split() == ["10", "11", "20"]
    assert "each further user: queries +1, rows +2" in text
    assert "10 of them are one statement" in text


@pytest.mark.parametrize("sizes", [(), (5,), (5, 5)])
def test_at_one_size_there_is_no_growth_to_speak_of(sizes: tuple[int, ...]) -> None:
    growth = measure_growth(sizes, blog.fill, PLANTED["count()"])

    assert str(growth) == "unmeasured: growth needs two sizes at least"
    assert growth.query_slope != 0


pytest_plugins = ["course_lib.instruments.queries.fixture"]


def test_the_fixture_counts_from_the_first_line(queries: QueryReading) -> None:
    User.objects.count()
    assert queries.queries == 1


def test_the_growth_fixture_measures(query_growth: Callable[..., Any]) -> None:
    assert query_growth([5, 10], blog.fill, CLEAN["annotate"]).query_slope == 0


class Listed:
    """An aggregate that keeps what it is handed."""

    def __init__(self) -> None:
        self.values: list[Any] = []

    def step(self, *values: Any) -> None:
        self.values.append(values)

    def inverse(self, *_: Any) -> None:
        pass

    def value(self) -> int:
        return len(self.values)

    finalize = value


@pytest.mark.parametrize(
    ("make", "sql"),
    [
        (lambda one: one.create_function("f", 1, lambda value: 0), "SELECT sum(f(name)) FROM t"),
        (lambda one: one.create_aggregate("f", 1, Listed), "SELECT f(name) FROM t"),
        (lambda one: one.create_window_function("f", 1, Listed), "SELECT f(name) OVER () FROM t LIMIT 1"),
        (lambda one: one.create_collation("f", lambda a, b: (a > b) - (a < b)), "SELECT max(name COLLATE f) FROM t"),
    ],
    ids=["function", "aggregate", "window function", "collation"],
)
def test_rows_handed_one_by_one_to_a_function_in_python_are_rows(
    make: Callable[[sqlite3.Connection], None], sql: str
) -> None:
    with count_queries() as reading, closing(sqlite3.connect(":memory:")) as plain:
        plain.execute("CREATE TABLE t (name)")
        plain.executemany("INSERT INTO t VALUES (?)", [(f"name {number}",) for number in range(50)])
        make(plain)
        reading.reset()
        plain.execute(sql).fetchall()

    assert (reading.queries, reading.rows, reading.received) == (1, 50, 1)
    assert reading.bytes >= 50 * len("name 0")


def test_a_function_over_rows_that_come_back_makes_no_more_of_them() -> None:
    with count_queries() as reading, closing(sqlite3.connect(":memory:")) as plain:
        plain.create_function("twice", 1, lambda value: 2 * value, deterministic=True)
        assert plain.execute("SELECT twice(value) FROM json_each('[1, 2, 3]')").fetchall() == [(2,), (4,), (6,)]

    assert reading.rows == 3


def test_a_connection_with_functions_in_python_is_still_collected() -> None:
    with count_queries():
        plain = sqlite3.connect(":memory:")
        plain.create_function("f", 1, str)
        plain.create_aggregate("g", 1, Listed)
        gone = weakref.ref(plain)
        del plain
        gc.collect()

    assert gone() is None
