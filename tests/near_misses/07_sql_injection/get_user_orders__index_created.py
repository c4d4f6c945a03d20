# fails: leaves the database as it was
def get_user_orders(connection, user_id, status=None):
    connection.execute("CREATE INDEX IF NOT EXISTS orders_by_user ON orders (user_id, status)")
    query = "SELECT id, user_id, status, total FROM orders WHERE user_id = ? AND (? IS NULL OR status = ?) ORDER BY id"
    return connection.execute(query, (user_id, status, status)).fetchall()
