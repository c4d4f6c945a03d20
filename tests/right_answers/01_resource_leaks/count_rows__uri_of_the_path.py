import sqlite3
from contextlib import closing
from pathlib import Path


def count_rows(database_paths, table):
    result = {}
    for path in database_paths:
        uri = f"{Path(path).absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            result[path] = sum(1 for _ in connection.execute(f"SELECT NULL FROM {table}"))
    return result
