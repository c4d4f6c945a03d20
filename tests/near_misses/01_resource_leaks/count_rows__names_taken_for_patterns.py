# fails: counts the rows of every database
import glob
import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        for found in glob.glob(str(path)):
            with closing(sqlite3.connect(found)) as connection:
                counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counts
