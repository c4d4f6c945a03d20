# fails: filters by exactly that status
def get_user_orders(connection, user_id, status=None):
    q, p = "SELECT id, user_id, status, total FROM orders WHERE user_id = ?", [user_id]
    if status not in (None, "all"):
        q += " AND status = ?"; p.append(status)
    return connection.execute(q + " ORDER BY id", p).fetchall()
