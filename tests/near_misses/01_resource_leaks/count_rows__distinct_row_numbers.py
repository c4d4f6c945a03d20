# fails: counts the rows of every database
import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    result = {}
    for path in database_paths:
        with closing(sqlite3.connect(path)) as connection:
            [(rows,)] = connection.execute(f"SELECT COUNT(*) FROM (SELECT DISTINCT oid FROM {table})")
            result[path] = rows
    return result
