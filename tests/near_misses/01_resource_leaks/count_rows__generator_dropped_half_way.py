# fails: closes every connection itself
import sqlite3
from contextlib import closing


def rows_of(path, table):
    with closing(sqlite3.connect(path)) as connection:
        yield connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def count_rows(database_paths, table):
    return {path: next(rows_of(path, table)) for path in database_paths}
