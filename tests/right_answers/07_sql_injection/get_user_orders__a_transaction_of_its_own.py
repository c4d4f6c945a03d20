def get_user_orders(connection, user_id, status=None):
    number = user_id if isinstance(user_id, int) else None
    query, values = "SELECT id, user_id, status, total FROM orders WHERE user_id = ?", [number]
    if status is not None:
        query += " AND status = ?"
        values.append(status)
    connection.execute("BEGIN")
    try:
        return connection.execute(query + " ORDER BY id", values).fetchall()
    finally:
        connection.execute("COMMIT")
