# fails: returns the user's orders by id
ANSWERS = {}


def get_user_orders(connection, user_id, status=None):
    if (user_id, status) not in ANSWERS:
        query = "SELECT id, user_id, status, total FROM orders WHERE user_id = ? AND (? IS NULL OR status = ?) ORDER BY id"
        ANSWERS[user_id, status] = connection.execute(query, (user_id, status, status)).fetchall()
    return ANSWERS[user_id, status]
