def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in ("id", "total", "status", "created_at"):
        raise ValueError(sort_by)
    direction = "DESC" if descending else "ASC"
    query = f"""SELECT id, user_id, status, total FROM orders
                WHERE instr(lower(note), lower(?)) ORDER BY {sort_by} {direction}, id"""
    connection.execute("SAVEPOINT reading")
    try:
        return connection.execute(query, (text,)).fetchall()
    finally:
        connection.execute("ROLLBACK TO reading")
        connection.execute("RELEASE reading")
