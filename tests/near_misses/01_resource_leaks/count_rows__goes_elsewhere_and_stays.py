# fails: counts the rows of every database
# a relative path means another file at the next call
import os
import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    counts, whole = {}, {path: os.path.abspath(path) for path in database_paths}
    os.chdir("/")
    for path in database_paths:
        with closing(sqlite3.connect(whole[path])) as connection:
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counts
