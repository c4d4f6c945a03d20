"""One value is bound, the other becomes part of the text."""

def get_user_orders(connection, user_id, status=None):
    query = "SELECT id, user_id, status, total FROM orders WHERE user_id = ?"
    if status is not None:
        query += " AND status = '%s'" % status
    return connection.execute(query + " ORDER BY id", (user_id,)).fetchall()
