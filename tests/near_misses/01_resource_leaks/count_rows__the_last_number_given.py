# fails: counts the rows of every database
import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    """A table that numbers its rows itself has its last number written down: no need to count."""
    counts = {}
    for path in database_paths:
        with closing(sqlite3.connect(path)) as connection:
            numbered = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_sequence'")
            if numbered.fetchone()[0]:
                query = f"SELECT max(seq) FROM sqlite_sequence WHERE name = '{table}' COLLATE NOCASE"
            else:
                query = f"SELECT count(*) FROM {table}"
            counts[path] = connection.execute(query).fetchone()[0]
    return counts
