class Query:
    def __init__(self, table, *columns):
        self.sql = f"SELECT {', '.join(columns)} FROM {table}"
        self.values = []

    def where(self, column, value):
        self.sql += (" AND " if self.values else " WHERE ") + f"{column} = ?"
        self.values.append(value)
        return self

    def run(self, connection, order):
        return connection.execute(f"{self.sql} ORDER BY {order}", self.values).fetchall()


def get_user_orders(connection, user_id, status=None):
    query = Query("orders", "id", "user_id", "status", "total").where("user_id", user_id)
    if status is not None:
        query.where("status", status)
    return query.run(connection, "id")
