# fails: leaves the database as it was
COLUMNS = {"id", "total", "status", "created_at"}


def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in COLUMNS:
        raise ValueError(sort_by)
    connection.execute("DROP TABLE IF EXISTS temp.found")
    connection.execute("CREATE TEMP TABLE found AS SELECT * FROM orders WHERE instr(lower(note), lower(?))", (text,))
    query = f"SELECT id, user_id, status, total FROM found ORDER BY {sort_by}"
    return connection.execute(query + (" DESC, id" if descending else ", id")).fetchall()
