from contextlib import closing
from sqlite3 import connect


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        quoted = str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
        with closing(connect(f"file:{quoted}?mode=ro", uri=True)) as connection:
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counts
