# fails: sorts by each of the four columns
def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in ("id", "total", "status", "created_at"):
        raise ValueError(sort_by)
    query = f"SELECT id, user_id, status, total FROM orders WHERE instr(lower(note), lower(?)) ORDER BY {sort_by}, id"
    rows = connection.execute(query, (text,)).fetchall()
    return rows[::-1] if descending else rows
