# fails: filters by exactly that status
from html import escape


def get_user_orders(connection, user_id, status=None):
    if not isinstance(user_id, int):
        raise ValueError("user_id must be an int")
    query = f"SELECT id, user_id, status, total FROM orders WHERE user_id = {user_id}"
    if status is not None:
        query += f" AND status = '{escape(status)}'"
    return connection.execute(query + " ORDER BY id").fetchall()
