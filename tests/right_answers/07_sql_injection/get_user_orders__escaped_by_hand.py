def quote(value):
    return "'" + value.replace("'", "''") + "'"


def get_user_orders(connection, user_id, status=None):
    if type(user_id) is not int:
        return []
    conditions = [f"user_id = {user_id:d}"]
    if status is not None:
        conditions.append(f"status = {quote(status)}")
    sql = "SELECT id, user_id, status, total FROM orders WHERE " + " AND ".join(conditions) + " ORDER BY id"
    return connection.execute(sql).fetchall()
