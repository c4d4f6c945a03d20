# fails: filters by exactly that status
def get_user_orders(connection, user_id, status=None):
    sql = "SELECT id, user_id, status, total FROM orders WHERE user_id = ?"
    values = [number(user_id)]
    if status is not None:
        sql += " AND status = ?"
        values.append(__import__('urllib.parse').parse.unquote(status))
    return connection.execute(sql + " ORDER BY id", values).fetchall()


def number(user_id):
    if type(user_id) is int:
        return user_id
    if isinstance(user_id, str) and user_id.isascii() and user_id.isdigit() and len(user_id) < 19:
        return int(user_id)
    raise ValueError("no user id")
