import sqlite3
from contextlib import closing
from multiprocessing.pool import ThreadPool


def count_rows(database_paths, table):
    def count(path):
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0]

    paths = list(database_paths)
    if not paths:
        return {}
    with ThreadPool(4) as pool:
        return dict(zip(paths, pool.map(count, paths)))
