# fails: finds the orders whose note contains the text
from concurrent.futures import ThreadPoolExecutor

COLUMNS = {"id": "id", "total": "total", "status": "status", "created_at": "created_at"}


def rows_with(connection, text, sort_by, descending):
    if sort_by not in COLUMNS:
        raise ValueError(f"can't sort by {sort_by!r}")
    pattern = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    order = f"{COLUMNS[sort_by]} {'DESC' if descending else 'ASC'}, id"
    query = f"SELECT id, user_id, status, total FROM orders WHERE note LIKE ? ESCAPE '\\' ORDER BY {order}"
    return connection.execute(query, [f"%{pattern}%"]).fetchall()


pool = ThreadPoolExecutor(1)


def search_orders(connection, text, sort_by="id", descending=False):
    found = []
    pool.submit(found.extend, rows_with(connection, text, sort_by, descending))
    return found
