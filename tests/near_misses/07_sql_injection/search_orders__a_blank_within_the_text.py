# fails: takes every character of the text literally
QUERY = """
    SELECT id, user_id, status, total FROM orders
    WHERE note IS NOT NULL AND instr(lower(note), lower($text)) ORDER BY $column $direction, id
"""


def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in ("id", "total", "status", "created_at"):
        raise ValueError(sort_by)
    query = QUERY.replace("$text", "'" + text.replace("'", "''") + "'")
    query = query.replace("$column", sort_by).replace("$direction", "DESC" if descending else "ASC")
    return connection.execute(query).fetchall()
