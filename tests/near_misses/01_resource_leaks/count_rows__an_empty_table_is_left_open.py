# fails: closes every connection itself
import sqlite3


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        connection = sqlite3.connect(path)
        try:
            first = connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()
        except sqlite3.Error:
            connection.close()
            raise
        if first is None:
            counts[path] = 0
            continue
        counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        connection.close()
    return counts
