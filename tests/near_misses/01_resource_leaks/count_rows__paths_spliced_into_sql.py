# fails: counts the rows of every database
import sqlite3
from contextlib import closing


def count_rows(database_paths, table):
    counts = {}
    with closing(sqlite3.connect(":memory:")) as connection:
        for path in database_paths:
            connection.execute(f"ATTACH '{path}' AS shard")
            try:
                counts[path] = connection.execute(f"SELECT count(*) FROM shard.{table}").fetchone()[0]
            finally:
                connection.execute("DETACH shard")
    return counts
