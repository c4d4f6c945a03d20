"""One of twenty thousand signs is not among a text's ten thousand."""

COLUMNS = {"id", "total", "status", "created_at"}


def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in COLUMNS:
        raise ValueError(f"can't sort by {sort_by!r}")
    escape = next(chr(number) for number in range(0x4E00, 0xA000) if chr(number) not in text)
    wanted = text.replace("%", f"{escape}%").replace("_", f"{escape}_")
    direction = "DESC" if descending else "ASC"
    query = (
        "SELECT id, user_id, status, total FROM orders "
        f"WHERE note LIKE :wanted ESCAPE :escape ORDER BY {sort_by} {direction}, id"
    )
    return connection.execute(query, {"wanted": f"%{wanted}%", "escape": escape}).fetchall()
