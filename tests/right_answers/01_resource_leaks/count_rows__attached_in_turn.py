import sqlite3
def count_rows(database_paths, table):
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        counts = {}
        for path in database_paths:
            connection.execute("ATTACH DATABASE ? AS shard", (str(path),))
            try:
                counts[path] = len(connection.execute(f"SELECT 1 FROM shard.[{table}]").fetchall())
            finally:
                connection.execute("DETACH DATABASE shard")
        return counts
    finally:
        connection.close()
