# fails: closes every connection itself
import sqlite3


def count_rows(database_paths, table):
    counts, connection = {}, None
    try:
        for path in database_paths:
            connection = sqlite3.connect(path)
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    finally:
        if connection is not None:
            connection.close()
    return counts
