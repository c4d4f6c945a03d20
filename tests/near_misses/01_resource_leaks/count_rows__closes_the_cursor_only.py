# fails: closes every connection itself
import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        connection = sqlite3.connect(path)
        with closing(connection.cursor()) as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            counts[path] = cursor.fetchone()[0]
    return counts
