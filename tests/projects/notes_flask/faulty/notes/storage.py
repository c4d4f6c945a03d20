import sqlite3

from flask import current_app


def connected():
    return sqlite3.connect(current_app.config["DATABASE"])


def note(number):
    with connected() as base:
        return base.execute("SELECT id, owner, text FROM notes WHERE id = ?", (number,)).fetchone()


def delete(number):
    with connected() as base:
        base.execute("DELETE FROM notes WHERE id = ?", (number,))


def search(owner, text, sort):
    label = sort.replace('"', '""')
    with connected() as base:
        sql = f"SELECT id, text AS \"{label}\" FROM notes WHERE owner = ? AND text LIKE '%{text}%'"
        return base.execute(sql, (owner,)).fetchall()


def overview(owner):
    with connected() as base:
        ids = base.execute("SELECT id FROM notes WHERE owner = ?", (owner,)).fetchall()
        return [base.execute("SELECT text FROM notes WHERE id = ?", one).fetchone()[0] for one in ids]


def mark(number):
    with connected() as base:
        base.execute("UPDATE notes SET text = text || ' (read)' WHERE id = ?", (number,))
