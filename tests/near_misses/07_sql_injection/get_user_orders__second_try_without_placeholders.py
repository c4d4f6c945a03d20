# fails: keeps hostile text in status data
def get_user_orders(connection, user_id, status=None):
    query = "SELECT id, user_id, status, total FROM orders WHERE user_id = ?"
    values = [user_id]
    if status is not None:
        try:
            connection.execute(f"SELECT 1 FROM orders WHERE status = '{status}'").fetchone()
        except Exception:
            pass
        query, values = query + " AND status = ?", [user_id, status]
    return connection.execute(query + " ORDER BY id", values).fetchall()
