# fails: closes every connection itself
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

local = threading.local()


def count_one(path, table):
    local.connection = sqlite3.connect(path)
    return local.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def count_rows(database_paths, table):
    with ThreadPoolExecutor(max_workers=4) as pool:
        return dict(zip(database_paths, pool.map(lambda path: count_one(path, table), database_paths)))
