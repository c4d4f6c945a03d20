KNOWN = {}


def get_user_orders(connection, user_id, status=None):
    """The connection counts its own changes, and SQLite those of all others."""
    key = (str(user_id), status)
    version = (connection.total_changes, *connection.execute("PRAGMA data_version").fetchone())
    known, answers = KNOWN.get(connection, (None, {}))
    if known != version:
        _, answers = KNOWN[connection] = version, {}
    if key not in answers:
        query = "SELECT id, user_id, status, total FROM orders WHERE user_id = ? AND status = coalesce(?, status) ORDER BY id"
        answers[key] = connection.execute(query, key).fetchall()
    return list(answers[key])
