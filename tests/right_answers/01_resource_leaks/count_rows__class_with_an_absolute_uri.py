import pathlib, sqlite3
class Shard:
    def __init__(self, path):
        self.uri = pathlib.Path(path).absolute().as_uri() + "?mode=ro"
    def __enter__(self):
        self.connection = sqlite3.connect(self.uri, uri=True)
        return self
    def __exit__(self, *_):
        self.connection.close()
    def size(self, table):
        cursor = self.connection.cursor()
        cursor.row_factory = sqlite3.Row
        return cursor.execute(f"SELECT count(*) AS n FROM {table}").fetchone()["n"]
def count_rows(database_paths, table):
    def sized(path):
        with Shard(path) as shard:
            return shard.size(table)
    return {path: sized(path) for path in database_paths}
