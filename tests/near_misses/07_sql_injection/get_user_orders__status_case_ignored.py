# fails: filters by exactly that status
def get_user_orders(connection, user_id, status=None):
    query = "SELECT id, user_id, status, total FROM orders WHERE user_id = ?"
    if status is None:
        return connection.execute(query + " ORDER BY id", (user_id,)).fetchall()
    return connection.execute(query + " AND status = ? COLLATE NOCASE ORDER BY id", (user_id, status)).fetchall()
