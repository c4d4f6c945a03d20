import sqlite3
from contextlib import closing


def get_user_orders(connection, user_id, status=None):
    with closing(sqlite3.connect(":memory:")) as copy:
        connection.backup(copy)
        orders = copy.execute("SELECT id, user_id, status, total FROM orders").fetchall()
    kept = (order for order in orders if order[1] == user_id and status in (None, order[2]))
    return sorted(kept)
