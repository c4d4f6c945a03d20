import sqlite3

READS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}


def get_user_orders(connection, user_id, status=None):
    connection.execute("PRAGMA query_only = ON")
    connection.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in READS else sqlite3.SQLITE_DENY)
    try:
        query = "SELECT id, user_id, status, total FROM orders WHERE user_id = ? AND status = ifnull(?, status) ORDER BY id"
        return connection.execute(query, (user_id, status)).fetchall()
    finally:
        connection.set_authorizer(None)
