"""The lesson's measurement on PostgreSQL, where COURSE_POSTGRES holds the address of a database to use.

Each test runs in a process of its own, because a process has one Django. Only the schema `course_blog` is touched.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(not os.environ.get("COURSE_POSTGRES"), reason="COURSE_POSTGRES holds no address")

SETUP = """
import json
from django.db import connection
from django.db.models import Count
from course_lib.instruments.queries import count_queries, measure_growth
from course_lib.testbeds import blog
from course_lib.testbeds.blog import Post, User

def tell(growth):
    print(json.dumps({n: [r.queries, r.rows] for n, r in growth.readings.items()}))
"""


def run(program: str) -> Any:
    told = subprocess.run([sys.executable, "-W", "error", "-c", SETUP + program], capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def test_the_lesson_runs_on_postgres() -> None:
    """One query and one for each user; each answers with three posts."""
    assert run("""
assert connection.vendor == "postgresql"
loop = lambda: [(user.username, len(user.post_set.all())) for user in User.objects.order_by("username")]
tell(measure_growth((5, 50, 200), blog.fill, loop))
""") == {"5": [6, 20], "50": [51, 200], "200": [201, 800]}


def test_the_repair_is_flat_on_postgres() -> None:
    assert run("""
counted = lambda: list(User.objects.annotate(post_count=Count("post")).values("username", "post_count"))
tell(measure_growth((5, 50, 200), blog.fill, counted))
""") == {"5": [1, 5], "50": [1, 50], "200": [1, 200]}


def test_every_way_through_psycopg_counts() -> None:
    """Server-side cursors count rows as they are fetched; executemany of an INSERT is one statement."""
    assert run("""
blog.fill(7, posts_each=1)
with count_queries(connection) as reading:
    names = [user.username for user in User.objects.order_by("id").iterator(chunk_size=3)]
    raw = connection.connection
    raw.execute("SELECT username FROM blog_user LIMIT 4").fetchone()
    with raw.cursor() as cursor:
        ids = User.objects.values_list("id", flat=True)[:2]
        cursor.executemany("INSERT INTO blog_post (user_id, title, body) VALUES (%s, 't', 'b')", [(n,) for n in ids])
        rows = [row for row in cursor.stream("SELECT id FROM blog_user")]
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT a") if connection.in_atomic_block else cursor.execute("SHOW server_version")
print(json.dumps([len(names), len(rows), reading.queries, reading.rows]))
""") == [7, 7, 5, 7 + 4 + 2 + 7]


def test_the_line_is_found_on_postgres() -> None:
    assert run("""
blog.fill(6)
def page():
    return [user.post_set.count() for user in User.objects.all()]
with count_queries() as reading:
    page()
print(json.dumps([reading.repeated.count, reading.repeated.function, reading.repeated.statement]))
""") == [6, "page", 'SELECT COUNT(*) AS "__count" FROM "blog_post" WHERE "blog_post"."user_id" = ?']
