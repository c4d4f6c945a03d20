def search_orders(connection, text, sort_by="id", descending=False):
    columns = frozenset(("id", "total", "status", "created_at"))
    if sort_by not in columns:
        raise ValueError("sort_by: one of " + ", ".join(sorted(columns)))
    needle = text.encode().lower()
    notes = connection.execute("SELECT id, note FROM orders WHERE note IS NOT NULL").fetchall()
    ids = [order_id for order_id, note in notes if needle in note.encode().lower()]
    marks = ", ".join("?" * len(ids))
    sql = f"SELECT id, user_id, status, total FROM orders WHERE id IN ({marks}) ORDER BY {sort_by}{' DESC' if descending else ''}, id"
    return connection.execute(sql, ids).fetchall()
