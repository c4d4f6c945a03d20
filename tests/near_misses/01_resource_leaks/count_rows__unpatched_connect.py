# fails: error
import _sqlite3
import sqlite3

for cell in sqlite3.connect.__globals__.values():
    if callable(cell) and getattr(cell, "__module__", "") == "_sqlite3" and getattr(cell, "__name__", "") == "connect":
        sqlite3.connect = cell


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        with sqlite3.connect(path) as connection:
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counts
