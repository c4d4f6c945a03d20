# fails: returns the user's orders by id
import threading


def rows_of(connection, user_id, status):
    query, values = "SELECT id, user_id, status, total FROM orders WHERE user_id = ?", [user_id]
    if status is not None:
        query += " AND status = ?"
        values.append(status)
    return connection.execute(query + " ORDER BY id", values).fetchall()


def get_user_orders(connection, user_id, status=None):
    if type(user_id) is not int:
        return []
    orders = []
    rows = rows_of(connection, user_id, status)
    threading.Thread(target=lambda: orders.extend(map(tuple, rows))).start()
    return orders
