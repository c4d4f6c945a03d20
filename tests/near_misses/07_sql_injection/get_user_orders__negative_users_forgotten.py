# fails: returns the user's orders by id
def get_user_orders(connection, user_id, status=None):
    if not str(user_id).isdigit():
        return []
    query = f"SELECT id, user_id, status, total FROM orders WHERE user_id = {user_id}"
    values = [] if status is None else [status]
    return connection.execute(query + " AND status = ?" * len(values) + " ORDER BY id", values).fetchall()
