# fails: a missing table raises sqlite3.OperationalError
import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        with closing(sqlite3.connect(path)) as connection:
            known = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ? COLLATE NOCASE", (table,))
            if known.fetchone():
                counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counts
