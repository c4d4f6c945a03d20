# fails: gives nobody's orders for a user_id that is no integer
def get_user_orders(connection, user_id, status=None):
    if isinstance(user_id, str):
        value = float(user_id)
        if value != value or value != round(value):
            return []
        number = round(value)
    elif type(user_id) is int:
        number = user_id
    else:
        return []
    query, values = "SELECT id, user_id, status, total FROM orders WHERE user_id = ?", [number]
    if status is not None:
        query += " AND status = ?"
        values.append(status)
    return connection.execute(query + " ORDER BY id", values).fetchall()
