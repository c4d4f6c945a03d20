# fails: closes every connection itself
import sqlite3


def count_rows(database_paths, table):
    query = f"SELECT count(*) FROM {table}"
    return {path: sqlite3.connect(path).execute(query).fetchone()[0] for path in database_paths}
