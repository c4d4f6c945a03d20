# fails: closes every connection itself when a table is missing
import sqlite3


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        connection = sqlite3.connect(path)
        try:
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        except sqlite3.OperationalError:
            connection.close()
            raise
        connection.close()
    return counts
