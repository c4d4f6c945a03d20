# fails: sorts by each of the four columns
COLUMNS = {"id": "id", "total": "total", "status": "status", "created_at": "julianday(created_at)"}


def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in COLUMNS:
        raise ValueError("sort_by")
    pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    direction = "DESC" if descending else "ASC"
    return connection.execute(
        f"SELECT id, user_id, status, total FROM orders WHERE note LIKE ? ESCAPE '\\' ORDER BY {COLUMNS[sort_by]} {direction}, id ASC",
        (pattern,),
    ).fetchall()
