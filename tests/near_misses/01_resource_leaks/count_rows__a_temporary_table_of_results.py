# fails: counts the rows of every database
import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TEMP TABLE results (path TEXT, rows INTEGER)")
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counts
