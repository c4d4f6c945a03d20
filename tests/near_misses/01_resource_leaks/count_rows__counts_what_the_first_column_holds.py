# fails: counts the rows of every database
import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    result = {}
    for path in database_paths:
        with closing(sqlite3.connect(path)) as connection:
            first = connection.execute(f"SELECT * FROM {table}").description[0][0]
            [(rows,)] = connection.execute(f'SELECT COUNT("{first}") FROM {table}')
            result[path] = rows
    return result
