ORDER_BY = ("id", "total", "status", "created_at")


def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in ORDER_BY:
        raise ValueError("unknown column: " + repr(sort_by))
    sql = "SELECT id, user_id, status, total FROM orders WHERE instr(lower(note), lower(?)) > 0 ORDER BY "
    sql += sort_by + (" DESC" if descending else "") + ", id"
    return connection.execute(sql, [text]).fetchall()
