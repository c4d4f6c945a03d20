# fails: closes every connection itself
import sqlite3


class Database:
    def __init__(self, path):
        self.connection = sqlite3.connect(path)

    def count(self, table):
        return self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    def __del__(self):
        self.connection.close()


def count_rows(database_paths, table):
    return {path: Database(path).count(table) for path in database_paths}
