# fails: counts the rows of every database
import sqlite3
import threading
from contextlib import closing


def count_rows(database_paths, table):
    counts = {}

    def count(path):
        with closing(sqlite3.connect(path)) as connection:
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    for path in database_paths:
        threading.Thread(target=count, args=(path,)).start()
    return counts
