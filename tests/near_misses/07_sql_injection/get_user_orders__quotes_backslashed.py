# fails: keeps hostile text in status data
def get_user_orders(connection, user_id, status=None):
    query = f"SELECT id, user_id, status, total FROM orders WHERE user_id = {int(str(user_id))}"
    if status is not None:
        escaped = status.replace("\\", "\\\\").replace("'", "\\'")
        query += f" AND status = '{escaped}'"
    return connection.execute(query + " ORDER BY id").fetchall()
