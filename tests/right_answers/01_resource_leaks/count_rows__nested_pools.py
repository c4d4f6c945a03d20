from concurrent.futures import ThreadPoolExecutor


def each(function, items):
    items = list(items)
    half = len(items) // 2

    def part(some):
        with ThreadPoolExecutor(2) as inner:
            return list(inner.map(function, some))

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(part, [items[:half], items[half:]])
    return first + second


import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    def count(path):
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    def tried(path):
        try:
            return count(path), None
        except BaseException as error:
            return None, error

    counts = {}
    for path, (many, error) in zip(database_paths, each(tried, list(database_paths))):
        if error is not None:
            raise error
        counts[path] = many
    return counts
