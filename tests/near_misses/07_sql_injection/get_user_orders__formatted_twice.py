# fails: filters by exactly that status
def get_user_orders(connection, user_id, status=None):
    template = "SELECT id, user_id, status, total FROM orders WHERE user_id = {user_id}"
    if status is not None:
        template += " AND status = '" + status.replace("'", "''") + "'"
    if not isinstance(user_id, int):
        return []
    return connection.execute((template + " ORDER BY {order}").format(user_id=user_id, order="id")).fetchall()
