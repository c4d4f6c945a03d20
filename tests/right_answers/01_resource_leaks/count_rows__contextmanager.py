import sqlite3
from contextlib import contextmanager


@contextmanager
def connected(path):
    connection = sqlite3.connect(path)
    try:
        yield connection
    finally:
        connection.close()


def count_one(path, table):
    with connected(path) as connection:
        return connection.execute(f"SELECT count(*) FROM [{table}]").fetchone()[0]


def count_rows(database_paths, table):
    return {path: count_one(path, table) for path in database_paths}
