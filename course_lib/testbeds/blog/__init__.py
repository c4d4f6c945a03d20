"""A blog on the real Django ORM, without a project: importing this package is all the setting up there is.

    from course_lib.testbeds.blog import Post, User

The database is an SQLite file of this process in a temporary folder, removed when the process ends, or, where
it was killed, when the next one begins. Where the environment variable `COURSE_POSTGRES` holds an address
(`postgresql://user:password@host:port/database`), it is a schema `course_blog` of that PostgreSQL database
instead; nothing outside that schema is touched, and its driver is in requirements-postgres.txt. The tables are
made when the first connection is opened. `blog.fill(users, posts_each)` replaces all rows.

Two things that a project does differently. A notebook kernel always runs an event loop, and Django refuses
to query a database from a thread with one; DJANGO_ALLOW_ASYNC_UNSAFE is set here to switch that guard off.
DEBUG is off, so Django keeps no log of its queries.

What it can't stand in for: network latency. SQLite answers from the same process, so a query costs
microseconds where a database server costs a round trip.
"""

from __future__ import annotations

import atexit
import os

import django
from django.conf import settings
from django.db import connections
from django.db.backends.signals import connection_created

from course_lib.testbeds.blog.database import add_missing_tables, default_database

__all__ = ["Post", "User", "add_user", "fill", "use_database", "use_sqlite_file"]

if settings.configured:
    raise RuntimeError("course_lib.testbeds.blog sets up a Django of its own, and Django is set up already")

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
settings.configure(
    DATABASES={"default": default_database()},
    INSTALLED_APPS=["course_lib.testbeds.blog"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()
connection_created.connect(add_missing_tables)
atexit.register(connections.close_all)

# Models and what uses them exist only once Django is set up.
from course_lib.testbeds.blog.models import Post, User  # noqa: E402
from course_lib.testbeds.blog.seeding import add_user, fill, use_database, use_sqlite_file  # noqa: E402
