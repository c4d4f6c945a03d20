# fails: counts the rows of every database
import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        with closing(sqlite3.connect(path)) as connection:
            counts[path] = len(set(connection.execute(f"SELECT * FROM {table}")))
    return counts
