def get_user_orders(connection, user_id, status=None):
    if type(user_id) is not int:
        return []
    wanted = "" if status is None else f" AND CAST(status AS BLOB) = x'{status.encode().hex()}'"
    query = f"SELECT id, user_id, status, total FROM orders WHERE user_id = {user_id:d}{wanted} ORDER BY id ASC"
    return connection.cursor().execute(query).fetchall()
