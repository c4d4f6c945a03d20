import itertools
import sqlite3
from contextlib import closing

import pytest
from course_lib.instruments.access import World, identities, logged_in
from notes import create_app


@pytest.fixture
def fill(tmp_path):
    def fill(size):
        with closing(sqlite3.connect(tmp_path / "notes.db")) as base, base:
            base.execute("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, owner, text)")
            base.execute("DELETE FROM notes")
            base.executemany("INSERT INTO notes (owner, text) VALUES ('ada', ?)", [(f"tea {n}",) for n in range(size)])

    return fill


@pytest.fixture
def client(tmp_path, fill):
    fill(3)
    client = create_app(tmp_path / "notes.db").test_client()
    with client.session_transaction() as session:
        session["user"] = "ada"
    return client


@pytest.fixture
def world_of(tmp_path):
    numbers = itertools.count()

    def make(*blueprints):
        path = tmp_path / f"{next(numbers)}.db"
        with closing(sqlite3.connect(path)) as base, base:
            base.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, owner, text)")
            base.execute("INSERT INTO notes VALUES (1, 'ada', 'the key is under the mat')")

        def rows():
            with closing(sqlite3.connect(path)) as base:
                return {f"note {key}": {"text": text} for key, text in base.execute("SELECT id, text FROM notes")}

        return World(create_app(path, *blueprints), rows)

    return lambda *blueprints: lambda: make(*blueprints)


@pytest.fixture
def world(world_of):
    return world_of()


@pytest.fixture
def who(world):
    app = world().app
    return {**identities(), "ada": logged_in(app, user="ada"), "ben": logged_in(app, user="ben")}
