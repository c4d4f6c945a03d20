import sqlite3
from contextlib import closing

from flask import current_app


def connected():
    return closing(sqlite3.connect(current_app.config["DATABASE"]))


def note(number):
    with connected() as base:
        return base.execute("SELECT id, owner, text FROM notes WHERE id = ?", (number,)).fetchone()


def delete(number):
    with connected() as base, base:
        base.execute("DELETE FROM notes WHERE id = ?", (number,))


def search(owner, text, sort):
    label = sort.replace('"', '""')
    pattern = "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
    with connected() as base:
        sql = f"SELECT id, text AS \"{label}\" FROM notes WHERE owner = ? AND text LIKE ? ESCAPE '!'"
        return base.execute(sql, (owner, pattern)).fetchall()


def overview(owner):
    with connected() as base:
        return [text for (text,) in base.execute("SELECT text FROM notes WHERE owner = ?", (owner,))]
