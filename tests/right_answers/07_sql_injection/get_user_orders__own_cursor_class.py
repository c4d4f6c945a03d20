import sqlite3


class Rows(sqlite3.Cursor):
    def rows(self, sql, *values):
        return self.execute(sql, values).fetchall()


def get_user_orders(connection, user_id, status=None):
    if status is None:
        sql = "SELECT id, user_id, status, total FROM orders WHERE user_id = ? ORDER BY id ASC"
        return connection.cursor(Rows).rows(sql, user_id)
    sql = "SELECT id, user_id, status, total FROM orders WHERE user_id = ?2 AND status = ?1 ORDER BY id ASC"
    return Rows(connection).rows(sql, status, user_id)
