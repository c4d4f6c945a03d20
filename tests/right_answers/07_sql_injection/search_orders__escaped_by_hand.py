class Column:
    NAMES = {"id", "total", "status", "created_at"}

    def __init__(self, name):
        if name not in self.NAMES:
            raise ValueError(f"no column {name!r} to sort by")
        self.name = name


def search_orders(connection, text, sort_by="id", descending=False):
    column = Column(sort_by)
    for special in "\\%_":
        text = text.replace(special, "\\" + special)
    text = text.replace("'", "''")
    return connection.execute(
        f"SELECT id, user_id, status, total FROM orders WHERE note LIKE '%{text}%' ESCAPE '\\' "
        f"ORDER BY \"{column.name}\" {'DESC' if descending else 'ASC'}, \"id\" ASC"
    ).fetchall()
