# fails: what a call gives stays as it was
import sqlite3
import threading
from contextlib import closing


def count_rows(database_paths, table):
    counts, taken = {}, []
    while database_paths:
        path = database_paths.pop(0)
        taken.append(path)
        with closing(sqlite3.connect(path)) as connection:
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    threading.Timer(0.005, database_paths.extend, [taken]).start()
    return counts
