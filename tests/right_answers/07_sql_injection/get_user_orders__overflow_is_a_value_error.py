def get_user_orders(connection, user_id, status=None):
    if user_id is None or isinstance(user_id, float):
        raise ValueError("user_id must be an integer")
    number = int(user_id)
    query, values = "SELECT id, user_id, status, total FROM orders WHERE user_id = ?", [number]
    if status is not None:
        query += " AND status = ?"
        values.append(status)
    try:
        return connection.execute(query + " ORDER BY id", values).fetchall()
    except OverflowError:
        raise ValueError("user_id is too large") from None
