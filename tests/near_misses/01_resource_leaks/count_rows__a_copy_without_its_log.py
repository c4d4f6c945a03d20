# fails: counts the rows of every database
# the file alone is not the database: the newest rows may stand in the log beside it
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path


def count_rows(database_paths, table):
    counts = {}
    with tempfile.TemporaryDirectory() as folder:
        for path in database_paths:
            copy = shutil.copy(path, Path(folder) / "copy.db")
            with closing(sqlite3.connect(copy)) as connection:
                counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counts
