# fails: counts the rows of every database
import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        with closing(sqlite3.connect(path)) as connection:
            cursor = connection.execute(f"SELECT 1 FROM {table}")
            total = len(cursor.fetchmany(500))
            total += len(cursor.fetchmany(500))
        counts[path] = total
    return counts
