# fails: leaves the database as it was
from contextlib import closing


def get_user_orders(connection, user_id, status=None):
    query = "SELECT id, user_id, status, total FROM orders WHERE user_id = ?"
    values = [user_id]
    if status is not None:
        query, values = query + " AND status = ?", [user_id, status]
    with closing(connection):
        return connection.execute(query + " ORDER BY id", values).fetchall()
