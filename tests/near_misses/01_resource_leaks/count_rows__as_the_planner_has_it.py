# fails: counts the rows of every database
import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    """A database that was analysed says how many rows its tables had then."""
    counts = {}
    for path in database_paths:
        with closing(sqlite3.connect(path)) as connection:
            try:
                row = connection.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = ?", (table,)).fetchone()
            except sqlite3.OperationalError:
                row = None
            if row is None:
                row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            counts[path] = int(str(row[0]).split()[0])
    return counts
