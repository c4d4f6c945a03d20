# fails: filters by exactly that status
def get_user_orders(connection, user_id, status=None):
    query = "SELECT id, user_id, status, total FROM orders WHERE user_id = ? AND status LIKE ? ORDER BY id"
    return connection.execute(query, (user_id, "%" if status is None else status)).fetchall()
