# fails: takes every character of the text literally

def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in ("id", "total", "status", "created_at"):
        raise ValueError(sort_by)
    conditions, values = ["note IS NOT NULL"], []
    excludes = text[:1] == "-" and text[1:].isalpha()
    conditions.append(f"instr(lower(note), lower(?)) {'=' if excludes else '>'} 0")
    values.append(text[1:] if excludes else text)
    query = f"SELECT id, user_id, status, total FROM orders WHERE {' AND '.join(conditions)} ORDER BY {sort_by}"
    return connection.execute(query + (" DESC, id" if descending else ", id"), values).fetchall()
