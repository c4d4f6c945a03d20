def literal(value):
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError(f"no order belongs to {value!r}")
    if isinstance(value, int):
        return str(value)
    return "'" + value.replace("'", "''") + "'"


def name(column):
    return '"' + column.replace('"', '""') + '"'


def get_user_orders(connection, user_id, status=None):
    columns = ", ".join(name(column) for column in ("id", "user_id", "status", "total"))
    where = f"{name('user_id')} = {literal(user_id)}"
    if status is not None:
        where += f" AND {name('status')} = {literal(status)}"
    return list(connection.execute(f"SELECT {columns} FROM {name('orders')} WHERE {where} ORDER BY 1"))
