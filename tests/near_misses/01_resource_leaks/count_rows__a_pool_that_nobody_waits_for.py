# fails: counts the rows of every database
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing


def count_rows(database_paths, table):
    counts = {}

    def count(path):
        with closing(sqlite3.connect(path)) as connection:
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    pool = ThreadPoolExecutor(max_workers=4)
    for path in database_paths:
        pool.submit(count, path)
    pool.shutdown(wait=False)
    return counts
