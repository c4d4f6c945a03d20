# fails: counts the rows of every database
import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone()
            if not found:
                raise sqlite3.OperationalError(f"no such table: {table}")
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counts
