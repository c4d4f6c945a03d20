# fails: gives nobody's orders for a user_id that is no integer
def get_user_orders(connection, user_id, status=None):
    if isinstance(user_id, float) and not user_id.is_integer():
        raise ValueError(user_id)
    values = [int(user_id)]
    query = "SELECT id, user_id, status, total FROM orders WHERE user_id = ?"
    if status is not None:
        query += " AND status = ?"
        values.append(status)
    return connection.execute(query + " ORDER BY id", values).fetchall()
