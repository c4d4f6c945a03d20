import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        with closing(sqlite3.connect(path)) as connection:
            names = connection.execute("SELECT name FROM sqlite_master WHERE name = ? COLLATE NOCASE", (table,))
            if names.fetchone() is None:
                raise sqlite3.OperationalError(f"no such table: {table}")
            counts[path] = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
    return counts
