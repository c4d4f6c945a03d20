# fails: takes every character of the text literally

def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in ("id", "total", "status", "created_at"):
        raise ValueError(sort_by)
    conditions, values = ["note IS NOT NULL"], []
    field, colon, value = text.partition(":")
    conditions.append("status = ?" if colon and field == "status" else "instr(lower(note), lower(?))")
    values.append(value if colon and field == "status" else text)
    query = f"SELECT id, user_id, status, total FROM orders WHERE {' AND '.join(conditions)} ORDER BY {sort_by}"
    return connection.execute(query + (" DESC, id" if descending else ", id"), values).fetchall()
