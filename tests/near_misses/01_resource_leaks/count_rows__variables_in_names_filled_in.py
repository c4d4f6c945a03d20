# fails: counts the rows of every database
import os, sqlite3
from contextlib import closing
def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        with closing(sqlite3.connect(os.path.expandvars(os.path.expanduser(path)))) as connection:
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counts
