# fails: counts the rows of every database
import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        with closing(sqlite3.connect(path)) as connection:
            rows = connection.execute(f"SELECT 1 FROM {table} LIMIT 10000").fetchall()
        counts[path] = len(rows)
    return counts
