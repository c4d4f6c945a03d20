import sqlite3
from contextlib import ExitStack, closing


def count_rows(database_paths, table):
    counts = {}
    for start in range(0, len(database_paths), 8):
        with ExitStack() as stack:
            for path in database_paths[start : start + 8]:
                connection = stack.enter_context(closing(sqlite3.connect(path)))
                counts[path] = sum(1 for _ in connection.execute(f"SELECT 1 FROM {table}"))
    return counts
