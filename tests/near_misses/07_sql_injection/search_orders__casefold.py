# fails: takes every character of the text literally
COLUMNS = ("id", "total", "status", "created_at")


def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in COLUMNS:
        raise ValueError(sort_by)
    connection.create_function("has", 2, lambda note, part: part.casefold() in note.casefold() if note is not None else 0)
    query = f"SELECT id, user_id, status, total FROM orders WHERE has(note, ?) ORDER BY {sort_by}"
    return connection.execute(query + (" DESC, id" if descending else ", id"), (text,)).fetchall()
