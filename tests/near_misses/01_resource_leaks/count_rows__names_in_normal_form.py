# fails: counts the rows of every database
import sqlite3
import unicodedata
from contextlib import closing


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        with closing(sqlite3.connect(unicodedata.normalize("NFC", str(path)))) as connection:
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counts
