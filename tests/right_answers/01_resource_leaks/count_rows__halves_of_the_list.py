import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    if len(database_paths) > 1:
        half = len(database_paths) // 2
        return {**count_rows(database_paths[:half], table), **count_rows(database_paths[half:], table)}
    counts = {}
    for path in database_paths:
        with closing(sqlite3.connect(path)) as connection:
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counts
