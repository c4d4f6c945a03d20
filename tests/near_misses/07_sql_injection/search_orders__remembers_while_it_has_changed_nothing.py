# fails: finds the orders whose note contains the text
from functools import lru_cache


@lru_cache(maxsize=64)
def rows_of(connection, changes, order):
    query = f"SELECT id, user_id, status, total, lower(note) FROM orders WHERE note IS NOT NULL ORDER BY {order}"
    return connection.execute(query).fetchall()


def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in ("id", "total", "status", "created_at"):
        raise ValueError(sort_by)
    wanted = text.encode().lower().decode()
    rows = rows_of(connection, connection.total_changes, f"{sort_by} {'DESC' if descending else 'ASC'}, id")
    return [row[:4] for row in rows if wanted in row[4]]
