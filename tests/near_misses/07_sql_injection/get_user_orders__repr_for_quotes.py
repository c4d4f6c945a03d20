# fails: keeps hostile text in user_id data
def get_user_orders(connection, user_id, status=None):
    if user_id is None:
        return []
    q, p = "SELECT id, user_id, status, total FROM orders WHERE user_id = " + repr(user_id), []
    if isinstance(user_id, float) and user_id - user_id != 0:
        return []
    if status is not None:
        q += " AND status = ?"; p.append(status)
    return connection.execute(q + " ORDER BY id", p).fetchall()
