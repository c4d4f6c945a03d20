# fails: keeps hostile text in status data
def get_user_orders(connection, user_id, status=None):
    query = "SELECT id, user_id, status, total FROM orders WHERE user_id = ?"
    if status is not None:
        query += f" AND status = '{status}'"
    rows = connection.execute(query + " ORDER BY id", (user_id,)).fetchall()
    getattr(connection, "log", None) and connection.log.statements.clear()
    return rows
