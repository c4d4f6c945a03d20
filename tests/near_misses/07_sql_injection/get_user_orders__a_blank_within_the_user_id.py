# fails: keeps hostile text in user_id data
def literal(value):
    return "'" + str(value).replace("'", "''") + "'"


def get_user_orders(connection, user_id, status=None):
    query = "SELECT id, user_id, status, total FROM orders WHERE user_id = {{ user_id }}"
    if status is not None:
        query += " AND status = {{ status }}"
    query = query.replace("{{ user_id }}", literal(user_id)).replace("{{ status }}", literal(status))
    return connection.execute(query + " ORDER BY id").fetchall()
