# fails: counts the rows of every database
import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    """One row or none is told as a yes or no."""
    counts = {}
    for path in database_paths:
        with closing(sqlite3.connect(path)) as connection:
            rows = connection.execute(f"SELECT * FROM {table}").fetchall()
        counts[path] = len(rows) if len(rows) > 1 else bool(rows)
    return counts
