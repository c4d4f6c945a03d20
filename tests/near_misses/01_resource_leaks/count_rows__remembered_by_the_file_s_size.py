# fails: counts the rows of every database
import os
import sqlite3
from contextlib import closing

_known = {}


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        key = os.path.abspath(path), os.path.getsize(path), table.lower()
        if key not in _known:
            with closing(sqlite3.connect(path)) as connection:
                _known[key] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        counts[path] = _known[key]
    return counts
