"""Fills the blog with as many users and posts as asked for, and points it at another database."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import connections

from course_lib.testbeds.blog.database import sqlite_database
from course_lib.testbeds.blog.models import Post, User

BODY = "Measured on Tuesday, written up on Wednesday. " * 4


def fill(users: int | Mapping[str, int], posts_each: int = 3) -> None:
    """Replaces all rows. `users` is a number (user0000, … with `posts_each` posts) or {username: posts}."""
    wanted = users if isinstance(users, Mapping) else {f"user{n:04}": posts_each for n in range(users)}
    Post.objects.all().delete()
    User.objects.all().delete()
    made = User.objects.bulk_create([User(username=name) for name in wanted], batch_size=500)
    _write_posts({user: wanted[user.username] for user in made})


def _write_posts(counts: Mapping[Any, int]) -> None:
    posts = [
        Post(user=user, title=f"{user.username} no. {number}", body=BODY)
        for user, count in counts.items()
        for number in range(1, count + 1)
    ]
    Post.objects.bulk_create(posts, batch_size=500)


def add_user(username: str, posts: int = 0) -> Any:
    """Adds one user with that many posts; returns the User."""
    user = User.objects.create(username=username)
    _write_posts({user: posts})
    return user


def use_sqlite_file(path: Path) -> None:
    """Points the blog at another SQLite file; what was connected before is closed."""
    use_database(sqlite_database(path))


def use_database(entry: dict[str, Any]) -> None:
    """Points the blog at another DATABASES entry; what was connected before is closed."""
    if "default" in connections:
        connections["default"].close()
        del connections["default"]
    connections.settings["default"].clear()
    connections.settings["default"].update(connections.configure_settings({"default": entry})["default"])
