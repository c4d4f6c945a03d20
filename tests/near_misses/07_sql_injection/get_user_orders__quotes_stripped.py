# fails: filters by exactly that status
def get_user_orders(connection, user_id, status=None):
    query = f"SELECT id, user_id, status, total FROM orders WHERE user_id = {int(str(user_id))}"
    if status is not None:
        cleaned = status.replace("'", "")
        query += f" AND status = '{cleaned}'"
    return connection.execute(query + " ORDER BY id").fetchall()
