"""The list of columns is a text, and parts of it pass."""

def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in "id, total, status, created_at":
        raise ValueError(sort_by)
    query = f"SELECT id, user_id, status, total FROM orders WHERE instr(lower(note), lower(?)) ORDER BY {sort_by or 'id'}"
    return connection.execute(query + (" DESC, id" if descending else ", id"), (text,)).fetchall()
