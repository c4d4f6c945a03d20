import json


def get_user_orders(connection, user_id, status=None):
    if not isinstance(user_id, int):
        return []
    query = """
        SELECT o.id, o.user_id, o.status, o.total FROM orders o, (SELECT ? AS wanted) w
        WHERE o.user_id = json_extract(w.wanted, '$.user')
        AND (json_type(w.wanted, '$.status') = 'null' OR o.status = json_extract(w.wanted, '$.status'))
        ORDER BY o.id
    """
    return connection.execute(query, (json.dumps({"user": user_id, "status": status}),)).fetchall()
