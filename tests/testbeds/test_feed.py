"""The feed is a real SQLAlchemy ORM whose relationships are lazy as they are by default."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from course_lib.testbeds import feed
from course_lib.testbeds.feed import Author, NewPost, Post, Tag


@pytest.fixture(params=["file", "memory"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    engine = feed.create_feed(tmp_path / "feed.sqlite3" if request.param == "file" else None)
    yield engine
    engine.dispose()


def test_rows_are_those_that_were_asked_for(engine: Engine) -> None:
    day = datetime(2026, 5, 4, 12, 30)
    feed.fill(engine, [NewPost(9, "Late", day, 1, [1, 0]), NewPost(4, "None", day, 0, [])], ["Ada", "Bo"], ["x", "y"])

    with Session(engine) as session:
        late, bare = session.scalars(select(Post).order_by(Post.id.desc()))
        assert (late.title, late.author.name, sorted(tag.name for tag in late.tags)) == ("Late", "Bo", ["x", "y"])
        assert (bare.author.name, bare.tags, bare.created_at) == ("Ada", [], day)


def test_fill_replaces_all_rows(engine: Engine) -> None:
    feed.fill_evenly(engine, 30)
    feed.fill_evenly(engine, 12, authors=2, tags_each=1)

    with Session(engine) as session:
        counts = [session.scalar(select(func.count()).select_from(kind)) for kind in (Post, Author, Tag)]
        assert counts == [12, 2, 8]


def test_relationships_are_lazy(engine: Engine) -> None:
    feed.fill_evenly(engine, 3)

    with Session(engine) as session:
        post = session.scalars(select(Post)).first()
        assert post is not None
        assert {"author", "tags"} <= inspect(post).unloaded


def test_tag_names_are_unique_and_author_names_are_not(engine: Engine) -> None:
    feed.fill(engine, [], ["Sam", "Sam"], ["x"])
    with Session(engine) as session, pytest.raises(IntegrityError):
        session.add(Tag(name="x"))
        session.flush()


def test_open_feed_takes_a_file_as_it_is(tmp_path: Path) -> None:
    made = feed.create_feed(tmp_path / "feed.sqlite3")
    feed.fill_evenly(made, 5)
    made.dispose()
    opened = feed.open_feed(tmp_path / "feed.sqlite3")

    with Session(opened) as session:
        assert session.scalar(select(func.count()).select_from(Post)) == 5
    opened.dispose()
