# fails: counts the rows of every database
import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        with closing(sqlite3.connect(path, detect_types=sqlite3.PARSE_DECLTYPES)) as connection:
            counts[path] = sum(1 for _ in connection.execute(f"SELECT * FROM {table}"))
    return counts
