# fails: closes every connection itself
import sqlite3
from functools import lru_cache


@lru_cache(maxsize=8)
def connection_to(path):
    return sqlite3.connect(path)


def count_rows(database_paths, table):
    return {path: connection_to(path).execute(f"SELECT count(*) FROM {table}").fetchone()[0] for path in database_paths}
