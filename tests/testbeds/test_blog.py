"""The blog is a real Django without a project, and filling it gives exactly the rows that were asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, connections

from course_lib.testbeds import blog
from course_lib.testbeds.blog import Post, User
from course_lib.testbeds.blog.database import _remove_orphans, postgres_database


@pytest.fixture(autouse=True)
def _own_file(tmp_path: Path) -> Iterator[None]:
    blog.use_sqlite_file(tmp_path / "blog.sqlite3")
    yield
    connections.close_all()


def test_importing_it_is_all_the_setting_up() -> None:
    """A fresh process writes and reads rows after one import, and leaves no file behind."""
    program = (
        "from course_lib.testbeds.blog import Post, User\n"
        "from django.db import connection\n"
        "User.objects.create(username='ada').post_set.create(title='One', body='…')\n"
        "print(Post.objects.get().user, connection.settings_dict['NAME'])\n"
    )
    variables = {name: value for name, value in os.environ.items() if name != "COURSE_POSTGRES"}
    command = [sys.executable, "-W", "error", "-c", program]
    told = subprocess.run(command, env=variables, capture_output=True, text=True, check=True)

    name, path = told.stdout.split()
    assert (name, told.stderr) == ("ada", "")
    assert not Path(path).exists()


def test_files_of_killed_processes_are_removed(tmp_path: Path) -> None:
    """A kernel that is killed leaves its file; the next process takes it away, and leaves those in use alone."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    orphan, used = tmp_path / f"course-blog-{gone.pid}-a.sqlite3", tmp_path / f"course-blog-{os.getpid()}-b.sqlite3"
    other = tmp_path / "course-blog-of-somebody.sqlite3"
    for path in (orphan, used, other):
        path.touch()
    _remove_orphans(tmp_path)

    assert sorted(tmp_path.glob("course-blog-*")) == sorted([used, other])


def test_it_works_where_an_event_loop_runs() -> None:
    """A notebook kernel runs one; Django's guard against it is switched off, and nothing else is."""
    import asyncio

    async def count() -> int:
        found = User.objects.count()
        connections.close_all()  # under a loop the connection is this coroutine's own
        return found

    blog.fill(3)
    assert asyncio.run(count()) == 3


def test_fill_replaces_all_rows() -> None:
    blog.fill(4, posts_each=2)
    blog.fill({"zoe": 0, "ada": 3})

    assert [(user.username, user.post_set.count()) for user in User.objects.order_by("id")] == [("zoe", 0), ("ada", 3)]
    assert Post.objects.count() == 3


def test_add_user_adds_one() -> None:
    blog.fill(2, posts_each=1)
    blog.add_user("newcomer", posts=2)

    assert User.objects.count() == 3
    assert Post.objects.filter(user__username="newcomer").count() == 2


def test_usernames_are_unique() -> None:
    blog.fill({"ada": 0})
    with pytest.raises(IntegrityError):
        User.objects.create(username="ada")


def test_another_file_is_another_database(tmp_path: Path) -> None:
    blog.fill(5)
    blog.use_sqlite_file(tmp_path / "other.sqlite3")

    assert User.objects.count() == 0
    assert connection.settings_dict["NAME"].endswith("other.sqlite3")


def test_a_missing_driver_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ModuleNotFoundError, match=r"python -m pip install -r requirements-postgres\.txt$"):
        postgres_database("postgresql://localhost/course")


def test_a_postgres_address_becomes_a_database_entry() -> None:
    pytest.importorskip("psycopg")
    entry = postgres_database("postgresql://ada:secret@localhost:5433/course")

    assert entry["ENGINE"] == "django.db.backends.postgresql"
    assert (entry["NAME"], entry["USER"], entry["PASSWORD"]) == ("course", "ada", "secret")
    assert (entry["HOST"], entry["PORT"]) == ("localhost", "5433")
    assert "search_path=course_blog" in entry["OPTIONS"]["options"]
