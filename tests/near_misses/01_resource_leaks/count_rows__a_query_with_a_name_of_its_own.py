# fails: counts the rows of every database
import sqlite3
from contextlib import closing

QUERY = "WITH rows AS (SELECT 1 FROM {}) SELECT count(*) FROM rows"


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        with closing(sqlite3.connect(path)) as connection:
            counts[path] = connection.execute(QUERY.format(table)).fetchone()[0]
    return counts
