import sqlite3


class Database:
    def __init__(self, path):
        self.connection = sqlite3.Connection(path)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.connection.close()

    def rows(self, table):
        return self.connection.execute(f"SELECT count(1) FROM {table}").fetchone()[0]


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        with Database(path) as database:
            counts[path] = database.rows(table)
    return counts
