# fails: returns the user's orders by id
def get_user_orders(connection, user_id, status=None):
    query = "SELECT id, user_id, status, total FROM orders WHERE user_id = ? AND (? IS NULL OR status = ?) ORDER BY id LIMIT 1000"
    return connection.execute(query, (user_id, status, status)).fetchall()
