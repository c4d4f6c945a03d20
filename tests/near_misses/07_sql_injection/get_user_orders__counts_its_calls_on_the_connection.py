# fails: returns the user's orders by id
QUERY = "SELECT id, user_id, status, total FROM orders WHERE user_id = ?"


def get_user_orders(connection, user_id, status=None):
    connection.calls = getattr(connection, "calls", 0) + 1  # a sqlite3.Connection takes no attribute
    if status is None:
        return connection.execute(f"{QUERY} ORDER BY id", (user_id,)).fetchall()
    return connection.execute(f"{QUERY} AND status = ? ORDER BY id", (user_id, status)).fetchall()
