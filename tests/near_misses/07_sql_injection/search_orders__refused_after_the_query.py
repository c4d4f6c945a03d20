# fails: refuses any other sort_by before a statement is run
KEYS = {"id": 0, "total": 3, "status": 2, "created_at": 4}


def search_orders(connection, text, sort_by="id", descending=False):
    query = "SELECT id, user_id, status, total, created_at FROM orders WHERE instr(lower(note), lower(?)) ORDER BY id"
    rows = connection.execute(query, (text,)).fetchall()
    if sort_by not in KEYS:
        raise ValueError(sort_by)
    return [row[:4] for row in sorted(rows, key=lambda row: row[KEYS[sort_by]], reverse=descending)]
