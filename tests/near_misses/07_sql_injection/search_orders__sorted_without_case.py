# fails: sorts by each of the four columns
KEYS = {"id": 0, "total": 3, "status": 2, "created_at": 4}


def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in KEYS:
        raise ValueError(sort_by)
    query = "SELECT id, user_id, status, total, created_at FROM orders WHERE instr(lower(note), lower(?)) ORDER BY id"
    rows = connection.execute(query, (text,)).fetchall()

    def key(row):
        value = row[KEYS[sort_by]]
        return value.lower() if isinstance(value, str) else value

    return [row[:4] for row in sorted(rows, key=key, reverse=descending)]
