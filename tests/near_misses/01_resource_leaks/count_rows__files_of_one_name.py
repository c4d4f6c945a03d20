# fails: counts the rows of every database
import sqlite3
from contextlib import closing
from pathlib import Path
def count_rows(database_paths, table):
    by_name, counts = {}, {}
    for path in database_paths:
        name = Path(path).name.lower()
        if name not in by_name:
            with closing(sqlite3.connect(path)) as connection:
                by_name[name] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        counts[path] = by_name[name]
    return counts
