NOTHING = []


def get_user_orders(connection, user_id, status=None):
    """Where there is none, a list of the caller's own all the same."""
    query = "SELECT id, user_id, status, total FROM orders WHERE user_id = ? AND (?2 IS NULL OR status = ?2) ORDER BY id"
    return connection.execute(query, (user_id, status)).fetchall() or NOTHING.copy()
