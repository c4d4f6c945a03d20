# fails: gives nobody's orders for a user_id that is no integer
def get_user_orders(connection, user_id, status=None):
    if user_id is None or (isinstance(user_id, float) and not user_id.is_integer()):
        raise ValueError("user_id must be a whole number")
    try:
        number = int(user_id)
    except (OverflowError, ValueError):
        return []
    query, values = "SELECT id, user_id, status, total FROM orders WHERE user_id = ?", [number]
    if status is not None:
        query += " AND status = ?"
        values.append(status)
    return connection.execute(query + " ORDER BY id", values).fetchall()
