"""`with connection` ends a transaction and leaves the connection open."""

import sqlite3


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        with sqlite3.connect(path) as connection:
            (counts[path],) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return counts
