"""Any column, and any SQL, may be sorted by."""

def search_orders(connection, text, sort_by="id", descending=False):
    query = f"SELECT id, user_id, status, total FROM orders WHERE instr(lower(note), lower(?)) ORDER BY {sort_by}"
    return connection.execute(query + (" DESC, id" if descending else ", id"), (text,)).fetchall()
