# fails: counts the rows of every database
import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        with closing(sqlite3.connect(path)) as connection:
            tables = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE ? ORDER BY name", (table,)
            ).fetchall()
            if not tables:
                raise sqlite3.OperationalError(f"no such table: {table}")
            counts[path] = connection.execute(f'SELECT count(*) FROM "{tables[0][0]}"').fetchone()[0]
    return counts
