# fails: counts the rows of every database
# the bytes of the file alone, with the mark taken out that says that there is a log beside it
import sqlite3
from contextlib import closing
from pathlib import Path


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        content = bytearray(Path(path).read_bytes())
        content[18:20] = b"\x01\x01"
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(bytes(content))
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counts
