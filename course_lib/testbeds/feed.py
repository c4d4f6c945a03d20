"""A feed of posts with authors and tags on the real SQLAlchemy ORM, relationships lazy as by default.

    from course_lib.testbeds.feed import Author, Post, Tag

`create_feed(path)` makes an SQLite database and returns its engine; `fill_evenly(engine, posts)` replaces
all rows. A post has one author and any number of tags; a tag's name is unique, an author's or a title need
not be. Times are naive `datetime`s and two posts may share one.

What it can't stand in for: network latency. SQLite answers from the same process.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Column, Engine, ForeignKey, Table, create_engine, delete, event, insert
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

__all__ = ["Author", "Base", "NewPost", "Post", "Tag", "create_feed", "fill", "fill_evenly", "open_feed", "post_tags"]

FIRST_DAY = datetime(2026, 1, 1, 8, 0)


class Base(DeclarativeBase):
    """The registry of the three models."""


post_tags = Table(
    "post_tags",
    Base.metadata,
    Column("post_id", ForeignKey("posts.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
)


class Author(Base):
    """Somebody who writes posts."""

    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    posts: Mapped[list[Post]] = relationship(back_populates="author")


class Tag(Base):
    """A word that posts are filed under."""

    __tablename__ = "tags"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    posts: Mapped[list[Post]] = relationship(secondary=post_tags, back_populates="tags")


class Post(Base):
    """Something that one author published at one time."""

    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    created_at: Mapped[datetime]
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
    author: Mapped[Author] = relationship(back_populates="posts")
    tags: Mapped[list[Tag]] = relationship(secondary=post_tags, back_populates="posts")


class NewPost(NamedTuple):
    """One row to be: `author` and `tags` are positions in the lists of names given to `fill`."""

    id: int
    title: str
    created_at: datetime
    author: int
    tags: Sequence[int]


def create_feed(path: Path | None = None) -> Engine:
    """An engine on a new SQLite file, or on one in memory, with empty tables; close it with `.dispose()`."""
    engine = open_feed(path)
    Base.metadata.create_all(engine)
    return engine


def open_feed(path: Path | None = None) -> Engine:
    """An engine on an SQLite file as it is, or on a new database in memory."""
    if path is None:
        from sqlalchemy.pool import StaticPool  # one connection, or each would have a database of its own

        engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        engine = create_engine(f"sqlite:///{path}")
        event.listen(engine, "connect", _do_without_fsync)
    return engine


def _do_without_fsync(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF").close()


def fill(engine: Engine, posts: Iterable[NewPost], authors: Sequence[str], tags: Sequence[str]) -> None:
    """Replaces all rows, over a session of its own that is closed again."""
    posts = list(posts)
    pairs = [{"post_id": post.id, "tag_id": tag + 1} for post in posts for tag in post.tags]
    with Session(engine) as session, session.begin():
        for table in (post_tags, Post, Tag, Author):
            session.execute(delete(table))
        _insert(session, Author, [{"id": n, "name": name} for n, name in enumerate(authors, 1)])
        _insert(session, Tag, [{"id": n, "name": name} for n, name in enumerate(tags, 1)])
        _insert(session, Post, [_row(post) for post in posts])
        _insert(session, post_tags, pairs)


def _row(post: NewPost) -> dict[str, Any]:
    return {"id": post.id, "title": post.title, "created_at": post.created_at, "author_id": post.author + 1}


def _insert(session: Session, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(table), rows)


def fill_evenly(engine: Engine, posts: int, authors: int = 20, tags_each: int = 3) -> None:
    """Replaces all rows with `posts` posts, one an hour, taking turns among the authors and eight tags."""
    names = ("django", "flask", "howto", "news", "pandas", "python", "sql", "testing")
    rows = [
        NewPost(
            n + 1,
            f"Post {n + 1}",
            FIRST_DAY + timedelta(hours=n),
            n % authors,
            [(n + k) % 8 for k in range(tags_each)],
        )
        for n in range(posts)
    ]
    fill(engine, rows, [f"Author {n + 1}" for n in range(authors)], names)
