def get_user_orders(connection, user_id, status=None):
    wanted = {"user_id": user_id, "status": status}
    wanted = {column: value for column, value in wanted.items() if value is not None or column == "user_id"}
    where = " AND ".join(f"{column} = :{column}" for column in wanted)
    rows = connection.cursor().execute(f"SELECT id, user_id, status, total FROM orders WHERE {where}", wanted)
    return sorted(rows, key=lambda row: row[0])
