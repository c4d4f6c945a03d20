# fails: at most 8 connections are open at once
import sqlite3
from contextlib import ExitStack, closing


def count_rows(database_paths, table):
    paths, counts = list(database_paths), {}
    at_once = len(paths) if len(paths) > 100 else 1
    while paths:
        with ExitStack() as stack:
            for path in paths[:at_once]:
                connection = stack.enter_context(closing(sqlite3.connect(path)))
                counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        del paths[:at_once]
    return counts
