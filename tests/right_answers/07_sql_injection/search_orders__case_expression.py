def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in {"id", "total", "status", "created_at"}:
        raise ValueError(f"unknown sort column {sort_by!r}")
    escaped = "".join("!" + c if c in "!%_" else c for c in text)
    key = "CASE :by WHEN 'id' THEN id WHEN 'total' THEN total WHEN 'status' THEN status ELSE created_at END"
    sql = f"""
        SELECT id, user_id, status, total FROM orders WHERE note LIKE '%' || :text || '%' ESCAPE '!'
        ORDER BY CASE WHEN :down THEN {key} END DESC, CASE WHEN NOT :down THEN {key} END, id
    """
    return connection.execute(sql, {"text": escaped, "by": sort_by, "down": bool(descending)}).fetchall()
