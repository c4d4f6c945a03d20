# fails: refuses any other sort_by before a statement is run
COLUMNS = {"id", "total", "status", "created_at"}


def search_orders(connection, text, sort_by="id", descending=False):
    column = sort_by if sort_by in COLUMNS else "id"
    query = f"SELECT id, user_id, status, total FROM orders WHERE instr(lower(note), lower(?)) ORDER BY {column}"
    return connection.execute(query + (" DESC, id" if descending else ", id"), (text,)).fetchall()
