# fails: counts the rows of every database
# a database that is in use does change: what stands in its write-ahead log is not read
import sqlite3
from contextlib import closing
from pathlib import Path


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        address = f"{Path(path).resolve().as_uri()}?immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counts
