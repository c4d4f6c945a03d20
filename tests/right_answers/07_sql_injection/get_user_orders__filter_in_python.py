from collections import namedtuple

Order = namedtuple("Order", "id user_id status total")


def get_user_orders(connection, user_id, status=None):
    orders = [Order(*row) for row in connection.execute("SELECT id, user_id, status, total FROM orders")]
    wanted = [o for o in orders if o.user_id == user_id and (status is None or o.status == status)]
    return sorted(wanted, key=lambda order: order.id)
