"""Where the blog's rows are kept: an SQLite file of this process, or a schema of its own on PostgreSQL."""

from __future__ import annotations

import atexit
import os
import tempfile
from pathlib import Path
from typing import Any

import psutil

POSTGRES_VARIABLE = "COURSE_POSTGRES"
SCHEMA = "course_blog"
DRIVER_MISSING = (
    f"{POSTGRES_VARIABLE} names a PostgreSQL database, and its driver is not installed: "
    "python -m pip install -r requirements-postgres.txt"
)
# The file lives as long as the process, so it needs no protection against a power cut.
SQLITE_OPTIONS = {"init_command": "PRAGMA synchronous=OFF"}

_ready: set[str] = set()


def default_database() -> dict[str, Any]:
    """Django's DATABASES entry for this process."""
    address = os.environ.get(POSTGRES_VARIABLE)
    return postgres_database(address) if address else sqlite_database(_own_file())


def sqlite_database(path: Path) -> dict[str, Any]:
    """The entry for an SQLite file, which need not exist yet."""
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": dict(SQLITE_OPTIONS)}


def postgres_database(address: str) -> dict[str, Any]:
    """The entry for a PostgreSQL address; tables are looked for and created in the schema `course_blog`."""
    try:
        from psycopg.conninfo import conninfo_to_dict  # only where PostgreSQL is offered
    except ModuleNotFoundError:
        raise ModuleNotFoundError(DRIVER_MISSING, name="psycopg") from None
    parts = conninfo_to_dict(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": str(parts.get("dbname") or parts.get("user") or "postgres"),
        "USER": str(parts.get("user") or ""),
        "PASSWORD": str(parts.get("password") or ""),
        "HOST": str(parts.get("host") or ""),
        "PORT": str(parts.get("port") or ""),
        "OPTIONS": {"options": f"-c search_path={SCHEMA}"},
    }


def _own_file() -> Path:
    """A path for this process alone; the file appears with the first query and goes when the process ends."""
    folder, owner = Path(tempfile.gettempdir()), os.getpid()
    _remove_orphans(folder)
    path = folder / f"course-blog-{owner}-{os.urandom(4).hex()}.sqlite3"
    atexit.register(lambda: path.unlink(missing_ok=True) if os.getpid() == owner else None)
    return path


def _remove_orphans(folder: Path) -> None:
    """Removes the files of processes that were killed and could not do it themselves, as kernels often are."""
    for path in folder.glob("course-blog-*-*.sqlite3*"):
        owner = path.name.split("-")[2]
        if owner.isdecimal() and not psutil.pid_exists(int(owner)):
            try:
                path.unlink(missing_ok=True)
            except OSError:  # another user's
                continue


def add_missing_tables(connection: Any, **_signal: Any) -> None:
    """Creates the tables on the first connection to a database; does nothing on every later one."""
    from django.apps import apps

    name = str(connection.settings_dict["NAME"])
    if connection.alias != "default" or name in _ready:
        return
    _ready.add(name)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    existing = connection.introspection.table_names()
    with connection.schema_editor() as editor:
        for model in (apps.get_model("blog", "User"), apps.get_model("blog", "Post")):
            if model._meta.db_table not in existing:
                editor.create_model(model)
