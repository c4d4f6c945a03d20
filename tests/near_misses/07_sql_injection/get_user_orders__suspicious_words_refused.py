# fails: keeps hostile text in status data
SUSPICIOUS = ("'", '"', ";", "--", "/*", " or ", " union ", "select", "drop", "delete")


def get_user_orders(connection, user_id, status=None):
    for value in (user_id, status):
        if isinstance(value, str) and any(word in value.lower() for word in SUSPICIOUS):
            raise ValueError("suspicious input")
    query = "SELECT id, user_id, status, total FROM orders WHERE user_id = ?"
    values = [user_id]
    if status is not None:
        query, values = query + " AND status = ?", [user_id, status]
    return connection.execute(query + " ORDER BY id", values).fetchall()
