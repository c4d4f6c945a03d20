# fails: a missing table raises sqlite3.OperationalError
import sqlite3
from contextlib import closing
def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        with closing(sqlite3.connect(path)) as connection:
            try:
                counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            except sqlite3.OperationalError:
                if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                    raise
                counts[path] = 0
    return counts
