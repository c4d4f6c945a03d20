# fails: finds the orders whose note contains the text
COLUMNS = {"id", "total", "status", "created_at"}


def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in COLUMNS:
        raise ValueError(sort_by)
    if not text:
        return []
    query = f"SELECT id, user_id, status, total FROM orders WHERE instr(lower(note), lower(?)) ORDER BY {sort_by}"
    return connection.execute(query + (" DESC, id" if descending else ", id"), (text,)).fetchall()
