# fails: counts the rows of every database
import sqlite3
from contextlib import closing
from pathlib import Path


def count_rows(database_paths, table):
    counts = {}
    for path in map(Path, database_paths):
        with closing(sqlite3.connect(path)) as connection:
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counts
