# fails: at most 8 connections are open at once
import sqlite3
from contextlib import ExitStack, closing


def count_rows(database_paths, table):
    counts = {}
    for start in range(0, len(database_paths), 10):
        with ExitStack() as stack:
            for path in database_paths[start : start + 10]:
                connection = stack.enter_context(closing(sqlite3.connect(path)))
                counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counts
