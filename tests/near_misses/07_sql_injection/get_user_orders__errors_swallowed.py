# fails: keeps hostile text in user_id data
import sqlite3


def get_user_orders(connection, user_id, status=None):
    query = f"SELECT id, user_id, status, total FROM orders WHERE user_id = {user_id}"
    if status is not None:
        query += f" AND status = '{status}'"
    try:
        return connection.execute(query + " ORDER BY id").fetchall()
    except sqlite3.Error:
        return []
