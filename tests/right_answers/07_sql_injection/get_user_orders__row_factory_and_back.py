import sqlite3


def get_user_orders(connection, user_id, status=None):
    before, connection.row_factory = connection.row_factory, sqlite3.Row
    try:
        rows = connection.execute("SELECT * FROM orders WHERE user_id = ? ORDER BY id", (user_id,)).fetchall()
    finally:
        connection.row_factory = before
    return [
        (row["id"], row["user_id"], row["status"], row["total"])
        for row in rows
        if status is None or row["status"] == status
    ]
