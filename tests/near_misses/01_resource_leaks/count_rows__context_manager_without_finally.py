# fails: closes every connection itself when a table is missing
import sqlite3
from contextlib import contextmanager


@contextmanager
def connected(path):
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        with connected(path) as connection:
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counts
