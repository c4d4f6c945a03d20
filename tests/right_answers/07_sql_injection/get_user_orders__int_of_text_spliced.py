def get_user_orders(connection, user_id, status=None):
    user_id = int(str(user_id))
    if not -(2**63) <= user_id < 2**63:
        return []
    query = f"SELECT id, user_id, status, total FROM orders WHERE user_id = {user_id}"
    values = ()
    if status is not None:
        query, values = query + " AND status = ?", (status,)
    return list(connection.execute(query + " ORDER BY id", values))
