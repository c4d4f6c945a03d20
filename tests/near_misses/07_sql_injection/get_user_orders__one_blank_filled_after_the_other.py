# fails: filters by exactly that status
def literal(value):
    return "'" + str(value).replace("'", "''") + "'"


def get_user_orders(connection, user_id, status=None):
    query = "SELECT id, user_id, status, total FROM orders WHERE user_id = :user_id"
    values = {"user_id": user_id}
    if status is not None:
        query += " AND status = :status"
        values = {"status": status, **values}
    for name, value in values.items():
        query = query.replace(f":{name}", literal(value))
    return connection.execute(query + " ORDER BY id").fetchall()
