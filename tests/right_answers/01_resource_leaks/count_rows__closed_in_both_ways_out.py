import sqlite3


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        connection = sqlite3.connect(path)
        try:
            (counts[path],) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        except:
            connection.close()
            raise
        else:
            connection.close()
    return counts
