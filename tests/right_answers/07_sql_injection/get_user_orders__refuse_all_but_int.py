def get_user_orders(connection, user_id, status=None):
    if isinstance(user_id, bool) or not isinstance(user_id, int):
        raise ValueError(f"user_id must be an int, not {type(user_id).__name__}")
    cursor = connection.cursor()
    if status is None:
        cursor.execute("SELECT id, user_id, status, total FROM orders WHERE user_id = ? ORDER BY id", (user_id,))
    else:
        cursor.execute(
            "SELECT id, user_id, status, total FROM orders WHERE user_id = ? AND status = ? ORDER BY id",
            (user_id, status),
        )
    rows = cursor.fetchall()
    cursor.close()
    return rows
