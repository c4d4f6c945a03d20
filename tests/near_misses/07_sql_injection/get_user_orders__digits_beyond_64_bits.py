# fails: gives nobody's orders for a user_id that is no integer


def get_user_orders(connection, user_id, status=None):
    if user_id is None or isinstance(user_id, float): return []
    user_id = int(user_id)
    q = "SELECT id, user_id, status, total FROM orders WHERE user_id = ?"
    a = [user_id]
    if status is not None: q += " AND status = ?"; a.append(status)
    return connection.execute(q + " ORDER BY id", a).fetchall()
