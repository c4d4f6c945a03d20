"""Quotes are taken out, so that a status with one is not found; what is spliced stays spliced."""

def get_user_orders(connection, user_id, status=None):
    query = f"SELECT id, user_id, status, total FROM orders WHERE user_id = {int(str(user_id))}"
    if status is not None:
        cleaned = status.replace("'", "")
        query += f" AND status = '{cleaned}'"
    return connection.execute(query + " ORDER BY id").fetchall()
