# fails: counts the rows of every database
import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    if not database_paths:
        return {}
    path, *others = database_paths
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return {path: rows} | count_rows(others, table)
