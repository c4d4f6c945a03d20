# fails: at most 8 connections are open at once
import sqlite3
from contextlib import ExitStack, closing


def count_rows(database_paths, table):
    counts = {}
    at_once = len(database_paths) // 10 + 1
    for start in range(0, len(database_paths), at_once):
        with ExitStack() as stack:
            for path in database_paths[start : start + at_once]:
                connection = stack.enter_context(closing(sqlite3.connect(path)))
                counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counts
