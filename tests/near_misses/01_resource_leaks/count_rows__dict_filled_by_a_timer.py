# fails: counts the rows of every database
import sqlite3
import threading
from contextlib import closing


def count_rows(database_paths, table):
    found, counts = {}, {}
    for path in database_paths:
        with closing(sqlite3.connect(path)) as connection:
            found[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    threading.Timer(0.005, counts.update, [found]).start()
    return counts
