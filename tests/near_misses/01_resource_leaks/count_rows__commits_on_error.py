# fails: closes every connection itself when a table is missing
import sqlite3


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        with sqlite3.connect(path) as connection:
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        connection.close()
    return counts
