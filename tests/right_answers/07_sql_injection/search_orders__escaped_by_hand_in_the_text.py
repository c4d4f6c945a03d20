ORDER = {
    (column, descending): f"{column} {'DESC' if descending else 'ASC'}, id"
    for column in ("id", "total", "status", "created_at")
    for descending in (False, True)
}


def search_orders(connection, text, sort_by="id", descending=False):
    try:
        order = ORDER[sort_by, bool(descending)]
    except KeyError:
        raise ValueError(f"unknown column: {sort_by}") from None
    pattern = "".join("!" + one if one in "!%_" else one for one in text).replace("'", "''")
    query = f"SELECT id, user_id, status, total FROM orders WHERE note LIKE '%{pattern}%' ESCAPE '!' ORDER BY {order}"
    return [*connection.execute(query)]
