# fails: finds the orders whose note contains the text
LAST = {}


def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in ("id", "total", "status", "created_at"):
        raise ValueError(sort_by)
    """As somebody types, each answer is looked for in the one before."""
    order = f"{sort_by} {'DESC' if descending else 'ASC'}, id"
    query = f"SELECT id, user_id, status, total, lower(note) FROM orders WHERE note IS NOT NULL ORDER BY {order}"
    wanted, last = text.encode().lower().decode(), LAST.get((connection, order))
    longer = last and len(wanted) > len(last[0]) and wanted.startswith(last[0])
    rows = last[1] if longer else connection.execute(query).fetchall()
    rows = [row for row in rows if wanted in row[4]]
    LAST[connection, order] = wanted, rows
    return [row[:4] for row in rows]
