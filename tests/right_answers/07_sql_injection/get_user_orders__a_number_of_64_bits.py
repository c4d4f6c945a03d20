def get_user_orders(connection, user_id, status=None):
    """Text and floats become a number where they can; what SQLite cannot hold as one is nobody's."""
    try:
        number = int(user_id)
    except (OverflowError, TypeError, ValueError):
        return []
    if isinstance(user_id, float) and number != user_id or not -(2**63) <= number < 2**63:
        return []
    query, values = "SELECT id, user_id, status, total FROM orders WHERE user_id = ?", [number]
    if status is not None:
        query += " AND status = ?"
        values.append(status)
    return connection.execute(query + " ORDER BY id", values).fetchall()
