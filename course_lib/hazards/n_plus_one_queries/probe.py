"""Calls the submission on a real database and reports its answer, its statements and the rows it read.

Before each call, and before the counting begins, a plain connection of the probe's own replaces all rows.
All other connections of the process count, whoever opens them; what goes round them is noted (`query_watch`).
What it can't see: a thread of the submission that reads the database before or after the call, and code that finds
a way to patch this process for the time of its own call.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connections
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session, configure_mappers

from course_lib.hazards.attempt import SUBMISSION_FILE, attempt
from course_lib.hazards.families import changed
from course_lib.hazards.n_plus_one_queries.probe_watch import watch
from course_lib.hazards.settling import settled
from course_lib.instruments.queries import QueryReading, count_queries
from course_lib.instruments.queries.drivers import listen_for_good
from course_lib.instruments.queries.fingerprints import abridged
from course_lib.instruments.seams.sqlite import deaf_connections
from course_lib.testbeds import blog, feed

BLOG_FILE, FEED_FILE = "blog.sqlite3", "feed.sqlite3"
FEW = 2  # statements, of which nobody asks what is repeated

_plain_connect = sqlite3.connect
_empty: dict[str, bytes] = {}
_folder: list[Path] = []
_looked_inside: list[list[str]] = []


def preload() -> None:
    """Keeps an empty database of each kind as bytes, and puts the counting drivers in place, before any fork."""
    configure_mappers()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        blog.use_sqlite_file(folder / BLOG_FILE)
        connections["default"].ensure_connection()
        connections.close_all()
        feed.create_feed(folder / FEED_FILE).dispose()
        _empty.update({file: (folder / file).read_bytes() for file in (BLOG_FILE, FEED_FILE)})
    listen_for_good()


def before_load(_task: str) -> None:
    """A blog of its own for code that queries while it is loaded, and a hook for what goes round the counting."""
    if not _empty:
        preload()
    blog.use_sqlite_file(Path(BLOG_FILE))
    _looked_inside.append(watch((BLOG_FILE, FEED_FILE)))


def _write_database(name: str, fill: Callable[[sqlite3.Connection], None], let_go: Callable[[], None]) -> Path:
    """The file with new rows; a new file in its place where the submission left the old one locked.

    `let_go` closes then what is open on the old one.
    """
    if not _folder:
        _folder.append(Path.cwd())
    path = _folder[0] / name
    if not path.exists():
        path.write_bytes(_empty[name])
    try:
        _replace_rows(path, fill)
    except sqlite3.OperationalError:
        let_go()
        fresh = _folder[0] / f"new-{name}"
        fresh.write_bytes(_empty[name])
        fresh.replace(path)
        _replace_rows(path, fill)
    return path


def _replace_rows(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    connection = _plain_connect(path, timeout=0.1)
    try:
        connection.execute("PRAGMA synchronous=OFF")
        with connection:
            for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                connection.execute(f'DELETE FROM "{table}"')
            fill(connection)
    finally:
        connection.close()


def _call(again: bool, subject: Any, *arguments: Any) -> dict[str, Any]:
    """One counted call; `again`, after one whose answer the caller has changed: no answer is made of a former one."""
    if again:
        attempt(changed, attempt(subject, *arguments).get("returned"))
    with count_queries(own_file=_is_submission) as reading:
        outcome, _ = settled(subject, *arguments)
    if deaf_connections():
        reading.unaccounted.append("a connection whose trace was taken off")
    return {"outcome": outcome, **_plainly(reading)}


def _is_submission(filename: str) -> bool:
    return filename.startswith(SUBMISSION_FILE)


def _plainly(reading: QueryReading) -> dict[str, Any]:
    most = reading.repeated if reading.queries > FEW else None
    return {
        "queries": reading.queries,
        "rows": reading.rows,
        "bytes": reading.bytes,
        "unaccounted": [how for found in (*_looked_inside, reading.unaccounted) for how in found][:3],
        "repeated": most and [abridged(most.statement, 160), most.count, most.line, most.source],
    }


def probe_users(subject: Any, case: dict[str, Any]) -> dict[str, Any]:
    """`{"calls": […]}`: one call for each list of users in `case["worlds"]`.

    The second has a connection of its own; before every later one somebody else changes rows under an open one.
    """
    calls = []
    for number, users in enumerate(case["worlds"]):
        if number < 2 or connections["default"].in_atomic_block:
            _close_all()
        calls.append(_call_on_blog(subject, users, case))
    return {"calls": calls}


def _call_on_blog(subject: Any, users: list[tuple[str, int]], case: dict[str, Any]) -> dict[str, Any]:
    path = _write_database(BLOG_FILE, lambda connection: _fill_blog(connection, users, case["scatter"]), _close_all)
    connections["default"].settings_dict["NAME"] = str(path)
    connections["default"].ensure_connection()
    return _call(case.get("again", False), subject)


def _close_all() -> None:
    for connection in connections.all(initialized_only=True):
        _close(connection)


def _close(connection: Any) -> None:
    """Closes a Django connection even where the submission left it in the middle of a transaction."""
    connection.in_atomic_block = connection.closed_in_transaction = connection.needs_rollback = False
    connection.savepoint_ids, connection.run_on_commit = [], []
    try:
        connection.close()
    except Exception:  # a connection that can't be closed is left behind with the old file
        connection.connection = None


def _fill_blog(connection: sqlite3.Connection, users: list[tuple[str, int]], scatter: int) -> None:
    ids = {name: 7 + 3 * number for number, (name, _) in enumerate(users)}
    connection.executemany("INSERT INTO blog_user (username, id) VALUES (?, ?)", ids.items())
    posts = [(ids[name], n) for name, count in users for n in range(count)]
    posts.sort(key=lambda post: (post[0] * 131 + post[1] * 31) * scatter % 1_009)
    # one user's posts may be alike in all but the id, and a title or a body may be empty
    rows = [(user, f"Notes no. {n % 4}" if n % 4 else "", "A paragraph. " * (n // 8 % 50)) for user, n in posts]
    connection.executemany("INSERT INTO blog_post (user_id, title, body) VALUES (?, ?, ?)", rows)


def probe_feed(subject: Any, case: dict[str, Any]) -> dict[str, Any]:
    """`{"calls": […]}`: one call for the posts and tags of each of `case["worlds"]`, all with one session, which is
    closed after each: nothing of the rows before is in it. From the third on its connection is the same, too."""
    session, last = Session(), len(case["worlds"]) - 1
    return {
        "calls": [
            _call_on_feed(subject, session, world, case, stays=0 < number < last)
            for number, world in enumerate(case["worlds"])
        ]
    }


def _call_on_feed(
    subject: Any, session: Session, world: dict[str, Any], case: dict[str, Any], stays: bool
) -> dict[str, Any]:
    path = _write_database(FEED_FILE, lambda connection: _fill_feed(connection, world), _engine_on.cache_clear)
    engine = _engine_on(path)
    engine.connect().close()
    session.bind = engine
    try:
        return _call(case["again"], subject, session, case["limit"])
    finally:
        _end(session.close, *(() if stays else (engine.dispose,)))


@cache
def _engine_on(path: Path) -> Engine:
    """One engine for all calls: what SQLAlchemy has compiled is kept; connections are closed in `_call_on_feed`."""
    return feed.open_feed(path)


def _end(*closing: Callable[[], None]) -> None:
    for close in closing:
        try:
            close()
        except Exception:  # the next call gets a new file, a new engine and a new session
            _engine_on.cache_clear()


def _fill_feed(connection: sqlite3.Connection, world: dict[str, Any]) -> None:
    connection.executemany("INSERT INTO authors (id, name) VALUES (?, ?)", enumerate(world["authors"], 1))
    connection.executemany("INSERT INTO tags (id, name) VALUES (?, ?)", enumerate(world["tags"], 1))
    insert = "INSERT INTO posts (id, title, created_at, author_id) VALUES (?, ?, ?, ? + 1)"
    connection.executemany(insert, world["posts"])
    connection.executemany("INSERT INTO post_tags (post_id, tag_id) VALUES (?, ? + 1)", world["pairs"])


PROBES: dict[str, Callable[[Any, dict[str, Any]], dict[str, Any]]] = {
    "users_with_post_counts": probe_users,
    "recent_posts": probe_feed,
}


def _bad_users() -> list[dict[str, Any]]:
    cursor = connections["default"].cursor()
    users = cursor.execute("SELECT id, username FROM blog_user ORDER BY username").fetchall()
    count = "SELECT COUNT(*) FROM blog_post WHERE user_id = %s"
    return [{"username": name, "post_count": cursor.execute(count, [number]).fetchone()[0]} for number, name in users]


def _good_users() -> list[dict[str, Any]]:
    cursor = connections["default"].cursor()
    cursor.execute("SELECT username, (SELECT COUNT(*) FROM blog_post WHERE user_id = u.id) FROM blog_user u ORDER BY 1")
    return [{"username": name, "post_count": count} for name, count in cursor.fetchall()]


_TITLES = text("SELECT id, title FROM posts ORDER BY created_at DESC, id DESC LIMIT :limit")
_TAGS = text("SELECT name FROM tags JOIN post_tags ON tags.id = tag_id WHERE post_id = :post ORDER BY name")


def _bad_posts(session: Any, limit: int) -> list[dict[str, Any]]:
    posts = session.execute(_TITLES, {"limit": limit}).all()
    return [{"title": title, "tags": list(session.scalars(_TAGS, {"post": number}))} for number, title in posts]


def _good_posts(session: Any, limit: int) -> list[dict[str, Any]]:
    return [{"title": title} for _, title in session.execute(_TITLES, {"limit": limit}).all()]


# In SQL, so that what a submission does to the models or their managers leaves the control alone.
CONTROLS: dict[str, tuple[Any, Any]] = {
    "users_with_post_counts": (_bad_users, _good_users),
    "recent_posts": (_bad_posts, _good_posts),
}
