COLUMNS = ("id", "total", "status", "created_at")


def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in COLUMNS:
        raise ValueError(f"can't sort by {sort_by!r}")
    wanted = text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    direction = "DESC" if descending else "ASC"
    query = (
        "SELECT id, user_id, status, total FROM orders WHERE note LIKE ? ESCAPE '\\' "
        f"ORDER BY {sort_by} {direction}, id"
    )
    rows = connection.execute(query, [f"%{wanted}%"]).fetchall()
    return rows
