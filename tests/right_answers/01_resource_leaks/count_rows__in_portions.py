import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        with closing(sqlite3.connect(path)) as connection:
            cursor = connection.execute(f"SELECT 1 FROM {table}")
            total = 0
            while rows := cursor.fetchmany(1000):
                total += len(rows)
        counts[path] = total
    return counts
