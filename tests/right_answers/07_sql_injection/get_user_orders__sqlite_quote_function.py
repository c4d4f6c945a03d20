def get_user_orders(connection, user_id, status=None):
    if not isinstance(user_id, int):
        return []
    where = f"user_id = {user_id}"
    if status is not None:
        (quoted,) = connection.execute("SELECT quote(?)", [status]).fetchone()
        where += f" AND status = {quoted}"
    return connection.execute(f"SELECT id, user_id, status, total FROM orders WHERE {where} ORDER BY id").fetchall()
