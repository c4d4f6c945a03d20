"""Every connection is closed, and all of them are open at once."""

import sqlite3
from contextlib import ExitStack, closing


def count_rows(database_paths, table):
    with ExitStack() as stack:
        connections = [(path, stack.enter_context(closing(sqlite3.connect(path)))) for path in database_paths]
        return {path: one.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for path, one in connections}
