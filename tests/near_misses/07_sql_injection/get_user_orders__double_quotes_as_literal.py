# fails: filters by exactly that status
def get_user_orders(connection, user_id, status=None):
    if not isinstance(user_id, int):
        return []
    query = f"SELECT id, user_id, status, total FROM orders WHERE user_id = {user_id}"
    if status is not None:
        query += ' AND status = "' + status.replace('"', '""') + '"'
    return connection.execute(query + " ORDER BY id").fetchall()
