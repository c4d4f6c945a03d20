def get_user_orders(connection, user_id, status=None):
    query = """
        SELECT id, user_id, status, total FROM orders
        WHERE user_id = :user_id AND (:status IS NULL OR status = :status)
        ORDER BY id
    """
    return connection.execute(query, {"user_id": user_id, "status": status}).fetchall()
