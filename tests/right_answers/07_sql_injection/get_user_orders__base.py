QUERY = "SELECT id, user_id, status, total FROM orders WHERE user_id = ?"


def get_user_orders(connection, user_id, status=None):
    query, values = QUERY, [user_id]
    if status is not None:
        query += " AND status = ?"
        values.append(status)
    rows = connection.execute(query + " ORDER BY id", values).fetchall()
    return rows
