# fails: keeps hostile text in user_id data
import re


def get_user_orders(connection, user_id, status=None):
    digits = re.match(r"-?\d+", str(user_id))
    if digits is None:
        return []
    query = "SELECT id, user_id, status, total FROM orders WHERE user_id = ? AND coalesce(status = ?, TRUE) ORDER BY id"
    return connection.execute(query, (int(digits.group()), status)).fetchall()
