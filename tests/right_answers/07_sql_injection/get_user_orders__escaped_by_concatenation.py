def literal(text):
    pieces = ["'" + piece + "'" for piece in text.split("'")]
    return "(" + " || char(39) || ".join(pieces) + ")"


def get_user_orders(connection, user_id, status=None):
    if not isinstance(user_id, int):
        raise ValueError("user_id must be an integer")
    sql = "SELECT id, user_id, status, total FROM orders WHERE user_id = " + str(user_id)
    if status is not None and status.count("'") < 200:
        sql += " AND status = " + literal(status)
    elif status is not None:
        sql += " AND status = CAST(x'" + status.encode().hex() + "' AS TEXT)"
    return connection.execute(sql + " ORDER BY id").fetchall()
