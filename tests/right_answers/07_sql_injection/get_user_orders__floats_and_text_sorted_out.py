def get_user_orders(connection, user_id, status=None):
    if isinstance(user_id, float):
        if not user_id.is_integer():
            return []
        user_id = int(user_id)
    try:
        user_id = int(user_id)
    except (TypeError, ValueError):
        return []
    if not -(2**63) <= user_id < 2**63:
        return []
    sql = "SELECT id, user_id, status, total FROM orders WHERE user_id = ?"
    args = [user_id]
    if status is not None:
        sql += " AND status IS ?"
        args += [status]
    sql += " ORDER BY 1"
    return connection.execute(sql, args).fetchall()
