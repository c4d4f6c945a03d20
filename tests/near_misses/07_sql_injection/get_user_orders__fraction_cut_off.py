# fails: gives nobody's orders for a user_id that is no integer
def get_user_orders(connection, user_id, status=None):
    try:
        user_id = int(user_id)
    except (TypeError, ValueError, OverflowError):
        return []
    query = "SELECT id, user_id, status, total FROM orders WHERE user_id = ?"
    values = [user_id]
    if status is not None:
        query, values = query + " AND status = ?", [user_id, status]
    return connection.execute(query + " ORDER BY id", values).fetchall()
