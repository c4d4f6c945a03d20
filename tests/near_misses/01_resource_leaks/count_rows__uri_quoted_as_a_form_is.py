# fails: counts the rows of every database
import sqlite3
from contextlib import closing
from urllib.parse import quote_plus


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        uri = f"file:{quote_plus(str(path), safe='/')}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counts
