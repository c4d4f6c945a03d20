# fails: counts the rows of every database
import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    total = 0
    for path in database_paths:
        with closing(sqlite3.connect(path)) as connection:
            total += connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return {path: total for path in database_paths}
