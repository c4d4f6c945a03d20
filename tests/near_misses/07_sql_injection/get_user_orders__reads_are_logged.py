# fails: leaves the database as it was
def get_user_orders(connection, user_id, status=None):
    query = "SELECT id, user_id, status, total FROM orders WHERE user_id = ? AND (? IS NULL OR status = ?) ORDER BY id"
    rows = connection.execute(query, (user_id, status, status)).fetchall()
    with connection:
        connection.execute("CREATE TABLE IF NOT EXISTS reads (user_id, rows)")
        connection.execute("INSERT INTO reads VALUES (?, ?)", (user_id, len(rows)))
    return rows
