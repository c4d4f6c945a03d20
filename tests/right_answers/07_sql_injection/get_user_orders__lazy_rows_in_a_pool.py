from concurrent.futures import ThreadPoolExecutor


def rows_of(connection, user_id, status):
    query, values = "SELECT id, user_id, status, total FROM orders WHERE user_id = ?", [user_id]
    if status is not None:
        query += " AND status = ?"
        values.append(status)
    return connection.execute(query + " ORDER BY id", values).fetchall()


def get_user_orders(connection, user_id, status=None):
    if type(user_id) is not int:
        return []
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(tuple, rows_of(connection, user_id, status)))
