import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    counts = {}
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for path in database_paths:
            connection.execute("ATTACH DATABASE ? AS one", (str(path),))
            counts[path] = connection.execute(f"SELECT count(*) FROM one.{table}").fetchone()[0]
            connection.execute("DETACH DATABASE one")
    return counts
