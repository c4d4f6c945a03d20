def get_user_orders(connection, user_id, status=None):
    query = "SELECT id, user_id, status, total FROM orders WHERE CAST(user_id AS TEXT) = ? AND status = coalesce(?, status) ORDER BY id"
    with connection:
        return connection.execute(query, (str(user_id), status)).fetchall()
