# fails: counts the rows of every database
import functools, sqlite3
from contextlib import closing
@functools.lru_cache(maxsize=256)
def _count(path, table):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
def count_rows(database_paths, table):
    return {path: _count(path, table) for path in database_paths}
