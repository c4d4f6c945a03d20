# fails: gives nobody's orders for a user_id that is no integer
def get_user_orders(connection, user_id, status=None):
    query = (
        "SELECT id, user_id, status, total FROM orders "
        "WHERE user_id = CAST(? AS INTEGER) AND (? IS NULL OR status = ?) ORDER BY id"
    )
    return connection.execute(query, (user_id, status, status)).fetchall()
