# fails: leaves the database as it was
def get_user_orders(connection, user_id, status=None):
    connection.execute("CREATE TEMP VIEW IF NOT EXISTS brief AS SELECT id, user_id, status, total FROM orders")
    query = "SELECT * FROM brief WHERE user_id = ? AND (? IS NULL OR status = ?) ORDER BY id"
    return connection.execute(query, (user_id, status, status)).fetchall()
