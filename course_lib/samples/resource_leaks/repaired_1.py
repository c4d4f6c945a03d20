"""`closing` closes each connection before the next is opened."""

import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        with closing(sqlite3.connect(path)) as connection:
            (counts[path],) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return counts
