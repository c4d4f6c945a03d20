"""One test for each fixture and mark, faulty and repaired, in the plainest form: what the plugin has to say of each."""

from __future__ import annotations

BEFORE = """
import itertools
import json
import sqlite3
import threading
import urllib.request

import pytest
from course_lib.instruments.injection import text_attacks

shop, growing = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")


def fill(size, base=growing):
    base.execute("CREATE TABLE IF NOT EXISTS users (id)")
    base.execute("DELETE FROM users")
    base.executemany("INSERT INTO users VALUES (?)", [(number,) for number in range(size)])


def page(base=shop):
    ids = base.execute("SELECT id FROM users").fetchall()
    return [base.execute("SELECT count(*) FROM users WHERE id = ?", one).fetchone() for one in ids]


fill(4, shop)


class Counter:
    def __init__(self):
        self.count = 0
        self.lock = threading.Lock()

    def add(self):
        self.count += 1

    def add_safely(self):
        with self.lock:
            self.count += 1


def world(checks):
    from flask import Flask, abort, request
    from course_lib.instruments.access import World

    app = Flask("notes")

    @app.get("/notes/<note>")
    def note(note):
        if checks and request.headers.get("Authorization") != "Bearer ada":
            abort(403)
        return {"text": "milk"}

    return World(app)


"""

TESTS: dict[str, tuple[str, str, str]] = {
    "handles_closed": (
        """
def test_it(handles_closed, tmp_path):
    json.dump(1, open(tmp_path / "a", "w"))
""",
        """
def test_it(handles_closed, tmp_path):
    with open(tmp_path / "a", "w") as file:
        json.dump(1, file)
""",
        "1 of 1 handles not closed by the code, opened at test_*.py:*; allowed: 0*",
    ),
    "no_open_handles": (
        """
@pytest.mark.no_open_handles("SQLite connection")
def test_it(tmp_path):
    (tmp_path / "a").write_text("a")
    sqlite3.connect(tmp_path / "b").execute("SELECT 1")
""",
        """
@pytest.mark.no_open_handles("file")
def test_it(tmp_path):
    (tmp_path / "a").write_text("a")
    sqlite3.connect(tmp_path / "b").execute("SELECT 1")
""",
        "1 of 1 handles not closed by the code, opened at test_*.py:*; allowed: 0*",
    ),
    "max_open_handles": (
        """
@pytest.mark.max_open_handles(2)
def test_it(tmp_path):
    for file in [open(tmp_path / str(number), "w") for number in range(3)]:
        file.close()
""",
        """
@pytest.mark.max_open_handles(2)
def test_it(tmp_path):
    for number in range(3):
        open(tmp_path / str(number), "w").close()
""",
        "3 handles open at once, most of them opened at test_*.py:*; allowed: 2",
    ),
    "max_queries": (
        """
@pytest.mark.max_queries(2)
def test_it():
    page()
""",
        """
@pytest.mark.max_queries(5)
def test_it(queries):
    page()
    queries.reset()
    page()
""",
        "5 queries, 4 of one statement, issued at test_*.py:*; allowed: 2",
    ),
    "max_rows": (
        """
@pytest.mark.max_rows(3)
def test_it():
    sqlite3.connect(":memory:").execute("SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4").fetchall()
""",
        """
@pytest.mark.max_rows(3)
def test_it():
    sqlite3.connect(":memory:").execute("SELECT 1 UNION SELECT 2 UNION SELECT 3").fetchall()
""",
        "4 rows, issued at test_*.py:*; allowed: 3",
    ),
    "query_growth": (
        """
def test_it(query_growth):
    query_growth([5, 50], fill, lambda: page(growing), unit="user")
""",
        """
def test_it(query_growth):
    query_growth([5, 50], fill, lambda: growing.execute("SELECT id FROM users").fetchall(), unit="user")
""",
        "6 queries for 5 users, 51 for 50: 1 per user, issued at test_*.py:*; allowed: 0",
    ),
    "watched_statements": (
        """
def test_it(watched_statements):
    text = text_attacks()["always true"]
    sqlite3.connect(":memory:").execute(f"SELECT 1 WHERE 'a' = '{text}'")
""",
        """
def test_it(watched_statements):
    text = text_attacks()["always true"]
    sqlite3.connect(":memory:").execute("SELECT 1 WHERE 'a' = ?", (text,))
    assert watched_statements.statements[0].parameters == (text,)
""",
        "in 1 of 1 statements a value acts as SQL, issued at test_*.py:*; allowed: 0 *",
    ),
    "no_value_acts_as_sql": (
        """
@pytest.mark.no_value_acts_as_sql
def test_it():
    shop.execute(f"SELECT id FROM users WHERE id = {text_attacks()['cut off']!r} ORDER BY 1 -- zq7mark")
""",
        """
@pytest.mark.no_value_acts_as_sql
def test_it():
    shop.execute("SELECT id FROM users WHERE id = ?", (text_attacks()["cut off"],))
""",
        "in 1 of 1 statements a value acts as SQL, issued at test_*.py:*; allowed: 0 *",
    ),
    "values_stay_data": (
        """
def test_it(values_stay_data):
    values_stay_data(lambda text: shop.execute(f"SELECT 1 WHERE 'a' = '{text}'").fetchall(), plain="tea")
""",
        """
def test_it(values_stay_data):
    values_stay_data(lambda text: shop.execute("SELECT 1 WHERE 'a' = ?", (text,)).fetchall(), plain="tea")
""",
        "* of 44 attacks changed a statement, issued at test_*.py:*; allowed: 0",
    ),
    "bounded_memory": (
        """
def test_it(bounded_memory):
    kept = {}
    bounded_memory(lambda number: kept.setdefault(number, str(number)))
""",
        """
def test_it(bounded_memory):
    kept = {}
    bounded_memory(lambda number: kept.update(last=str(number)), warm_up=10)
""",
        "each call leaves *, most of it allocated at test_*.py:*; allowed: nothing that goes on",
    ),
    "survives_faults": (
        """
def client(base_url, timeout):
    with urllib.request.urlopen(base_url + "/users/7", timeout=timeout) as answer:
        return json.load(answer)

def test_it(survives_faults):
    survives_faults(client, faults=["good", "null", "status 500"])
""",
        """
def client(base_url, timeout):
    try:
        with urllib.request.urlopen(base_url + "/users/7", timeout=timeout) as answer:
            return json.load(answer) or {"error": "nothing"}
    except OSError as error:
        return {"error": str(error)}

def test_it(survives_faults):
    survives_faults(client, faults=["good", "null", "status 500"])
""",
        "2 of 3 faults end in no right answer and no declared error, in the client at test_*.py:*; allowed: 0; *",
    ),
    "no_race": (
        """
def test_it(no_race):
    no_race(Counter, [Counter.add] * 2, lambda counter: counter.count == 2)
""",
        """
def test_it(no_race):
    no_race(Counter, [Counter.add_safely] * 2, lambda counter: counter.count == 2)
""",
        "race in schedule * of 2 threads, where one writes self.count: *, at test_*.py:*; allowed: none *",
    ),
    "work_growth": (
        """
def test_it(work_growth):
    work_growth(lambda n: [str(one) for one in range(n)], lambda all: [one for one in all if one in all])
""",
        """
def test_it(work_growth):
    work_growth(lambda n: [str(one) for one in range(n)], lambda all: [one for one in all if one in set(all[:1])])
""",
        "work grows with the square: * steps at 64, * at 256, * at 1,024, in the call at test_*.py:*; allowed: n log n",
    ),
    "access": (
        """
def test_it(access):
    from course_lib.instruments.access import Policy, identities

    access(lambda: world(checks=False), identities(ada="ada"), Policy({"GET /notes/<note>": {"ada"}}), {"note": "1"})
""",
        """
def test_it(access):
    from course_lib.instruments.access import Policy, identities

    access(lambda: world(checks=True), identities(ada="ada"), Policy({"GET /notes/<note>": {"ada"}}), {"note": "1"})
""",
        "* answers break the policy; allowed: 0; first: GET /notes/<note> as nobody: SERVED, the policy denies it",
    ),
}
