# fails: takes every character of the text literally
COLUMNS = {"id", "total", "status", "created_at"}


def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in COLUMNS:
        raise ValueError(sort_by)
    words = text.split() or [text]
    where = " AND ".join(["note IS NOT NULL", *["instr(lower(note), lower(?))"] * len(words)])
    query = f"SELECT id, user_id, status, total FROM orders WHERE {where} ORDER BY {sort_by}"
    return connection.execute(query + (" DESC, id" if descending else ", id"), words).fetchall()
