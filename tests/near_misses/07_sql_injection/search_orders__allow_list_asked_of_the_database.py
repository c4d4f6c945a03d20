# fails: refuses any other sort_by before a statement is run
def search_orders(connection, text, sort_by="id", descending=False):
    known = [row[1] for row in connection.execute("PRAGMA table_info(orders)")]
    if sort_by not in known or sort_by in ("user_id", "note"):
        raise ValueError(sort_by)
    query = f"SELECT id, user_id, status, total FROM orders WHERE instr(lower(note), lower(?)) ORDER BY {sort_by}"
    return connection.execute(query + (" DESC, id" if descending else ", id"), (text,)).fetchall()
