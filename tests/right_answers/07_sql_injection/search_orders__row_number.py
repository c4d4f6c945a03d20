def search_orders(connection, text, sort_by="id", descending=False):
    allowed = {"id": "id", "total": "total", "status": "status", "created_at": "created_at"}
    column = allowed.get(sort_by)
    if column is None:
        raise ValueError(f"cannot sort by {sort_by!r}; choose one of {sorted(allowed)}")
    cursor = connection.cursor()
    try:
        cursor.execute(
            f"SELECT id, user_id, status, total FROM (SELECT *, row_number() OVER (ORDER BY {column} "
            f"{'DESC' if descending else 'ASC'}, id) AS place FROM orders WHERE instr(lower(note), lower(:t))) ORDER BY place",
            {"t": text},
        )
        return cursor.fetchall()
    finally:
        cursor.close()
