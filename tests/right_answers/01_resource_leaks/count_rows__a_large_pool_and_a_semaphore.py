import os
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing


def count_rows(database_paths, table):
    eight = threading.BoundedSemaphore(8)

    def rows(path):
        with eight, closing(sqlite3.connect(path)) as connection:
            return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(database_paths, pool.map(rows, database_paths)))
