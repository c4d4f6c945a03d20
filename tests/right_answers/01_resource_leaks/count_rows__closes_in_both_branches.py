import sqlite3


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        connection = sqlite3.connect(path)
        try:
            rows = connection.execute(f"SELECT * FROM {table}").fetchall()
        except sqlite3.OperationalError:
            connection.close()
            raise
        connection.close()
        counts[path] = len(rows)
    return counts
