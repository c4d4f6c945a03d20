def get_user_orders(connection, user_id, status=None):
    connection.execute("CREATE TEMP TABLE wanted (user_id INTEGER, status TEXT)")
    try:
        connection.execute("INSERT INTO wanted VALUES (?, ?)", (user_id, status))
        return connection.execute(
            "SELECT o.id, o.user_id, o.status, o.total FROM orders o JOIN wanted w ON o.user_id = w.user_id "
            "WHERE w.status IS NULL OR w.status = o.status ORDER BY o.id"
        ).fetchall()
    finally:
        connection.execute("DROP TABLE temp.wanted")
