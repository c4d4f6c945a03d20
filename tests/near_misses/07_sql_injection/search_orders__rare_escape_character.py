# fails: takes every character of the text literally
COLUMNS = {"id", "total", "status", "created_at"}


def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in COLUMNS:
        raise ValueError(sort_by)
    pattern = "%" + text.replace("%", "\ue000%").replace("_", "\ue000_") + "%"
    query = f"SELECT id, user_id, status, total FROM orders WHERE note LIKE ? ESCAPE '\ue000' ORDER BY {sort_by}"
    return connection.execute(query + (" DESC, id" if descending else ", id"), (pattern,)).fetchall()
