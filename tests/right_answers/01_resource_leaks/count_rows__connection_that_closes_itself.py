import sqlite3


class ClosingConnection(sqlite3.Connection):
    def __exit__(self, *exc):
        try:
            return super().__exit__(*exc)
        finally:
            self.close()


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        with sqlite3.connect(path, factory=ClosingConnection) as connection:
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counts
