# fails: leaves the database as it was
def get_user_orders(connection, user_id, status=None):
    connection.execute("DELETE FROM orders WHERE user_id IS NOT ?", (user_id,))
    query = "SELECT id, user_id, status, total FROM orders WHERE user_id = ? AND (? IS NULL OR status = ?) ORDER BY id"
    rows = connection.execute(query, (user_id, status, status)).fetchall()
    connection.rollback()
    return rows
