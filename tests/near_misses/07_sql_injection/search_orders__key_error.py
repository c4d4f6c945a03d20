# fails: refuses any other sort_by before a statement is run
COLUMNS = {"id": "id", "total": "total", "status": "status", "created_at": "created_at"}


def search_orders(connection, text, sort_by="id", descending=False):
    column = COLUMNS[sort_by]
    query = f"SELECT id, user_id, status, total FROM orders WHERE instr(lower(note), lower(?)) ORDER BY {column}"
    return connection.execute(query + (" DESC, id" if descending else ", id"), (text,)).fetchall()
