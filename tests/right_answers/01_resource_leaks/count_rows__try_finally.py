import sqlite3


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        connection = sqlite3.connect(str(path), timeout=1)
        try:
            cursor = connection.cursor()
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[path] = cursor.fetchone()[0]
            cursor.close()
        finally:
            connection.close()
    return counts
