"""The value is bound, the column comes from a dict of four."""

COLUMNS = {"id": "id", "total": "total", "status": "status", "created_at": "created_at"}


def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in COLUMNS:
        raise ValueError(f"can't sort by {sort_by!r}")
    pattern = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    direction = "DESC" if descending else "ASC"
    query = (
        "SELECT id, user_id, status, total FROM orders WHERE note LIKE ? ESCAPE '\\' "
        f"ORDER BY {COLUMNS[sort_by]} {direction}, id ASC"
    )
    return connection.execute(query, (f"%{pattern}%",)).fetchall()
