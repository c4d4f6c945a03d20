import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing


def count_rows(database_paths, table):
    def count(path):
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    with ThreadPoolExecutor(max_workers=8) as pool:
        return dict(zip(database_paths, pool.map(count, database_paths)))
