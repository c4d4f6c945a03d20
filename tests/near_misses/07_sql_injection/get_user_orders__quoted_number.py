# fails: keeps hostile text in user_id data
def get_user_orders(connection, user_id, status=None):
    query = f"SELECT id, user_id, status, total FROM orders WHERE user_id = '{user_id}'"
    values = ()
    if status is not None:
        query, values = query + " AND status = ?", (status,)
    return connection.execute(query + " ORDER BY id", values).fetchall()
