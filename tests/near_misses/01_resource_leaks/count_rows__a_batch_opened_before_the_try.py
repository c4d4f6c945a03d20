# fails: closes every connection itself when a table is missing
import sqlite3

def count_rows(database_paths, table):
    counts = {}
    for start in range(0, len(database_paths), 8):
        batch = database_paths[start:start + 8]
        connections = [sqlite3.connect(path) for path in batch]
        try:
            for path, connection in zip(batch, connections):
                counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        finally:
            for connection in connections:
                connection.close()
    return counts
