# fails: at most 8 connections are open at once
import sqlite3

def count_rows(database_paths, table):
    result, kept = {}, []
    try:
        for index, path in enumerate(database_paths):
            connection = sqlite3.connect(path)
            try:
                result[path] = connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
            finally:
                if index % 250 == 249:
                    kept.append(connection)
                else:
                    connection.close()
    finally:
        for connection in kept:
            connection.close()
    return result
