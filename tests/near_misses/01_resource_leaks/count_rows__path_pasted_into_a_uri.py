# fails: counts the rows of every database
from contextlib import closing
from sqlite3 import connect


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        with closing(connect(f"file:{path}?mode=ro", uri=True)) as connection:
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counts
