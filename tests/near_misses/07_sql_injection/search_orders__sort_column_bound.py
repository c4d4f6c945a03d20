# fails: sorts by each of the four columns
def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in ("id", "total", "status", "created_at"):
        raise ValueError(sort_by)
    query = "SELECT id, user_id, status, total FROM orders WHERE instr(lower(note), lower(?)) ORDER BY ?"
    return connection.execute(query + (" DESC, id" if descending else ", id"), (text, sort_by)).fetchall()
