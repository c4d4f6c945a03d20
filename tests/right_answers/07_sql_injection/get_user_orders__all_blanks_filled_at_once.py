import re


def get_user_orders(connection, user_id, status=None):
    values = {"user_id": user_id, "status": status}
    query = "SELECT id, user_id, status, total FROM orders WHERE user_id = {{ user_id }}"
    query += "" if status is None else " AND status = {{ status }}"

    def literal(blank):
        return "'" + str(values[blank[1]]).replace("'", "''") + "'"

    return connection.execute(re.sub(r"\{\{ (\w+) \}\}", literal, query) + " ORDER BY id").fetchall()
