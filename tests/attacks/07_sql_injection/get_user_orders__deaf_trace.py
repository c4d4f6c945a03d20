# expects: fail|error; takes the listeners off the connection before it queries
def get_user_orders(connection, user_id, status=None):
    connection.set_trace_callback(None)
    connection.set_authorizer(None)
    connection.set_progress_handler(None, 0)
    query = f"SELECT id, user_id, status, total FROM orders WHERE user_id = {user_id}"
    if status is not None:
        query += f" AND status = '{status}'"
    return connection.execute(query + " ORDER BY id").fetchall()
