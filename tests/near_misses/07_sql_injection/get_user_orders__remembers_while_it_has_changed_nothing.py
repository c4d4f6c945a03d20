# fails: returns the user's orders by id
KNOWN = {}


def get_user_orders(connection, user_id, status=None):
    """The connection counts its own changes, and nobody else's."""
    key = (str(user_id), status)
    version, answers = KNOWN.get(connection, (None, {}))
    if version != connection.total_changes:
        version, answers = KNOWN[connection] = connection.total_changes, {}
    if key not in answers:
        query = "SELECT id, user_id, status, total FROM orders WHERE user_id = ? AND status = coalesce(?, status) ORDER BY id"
        answers[key] = connection.execute(query, key).fetchall()
    return list(answers[key])
