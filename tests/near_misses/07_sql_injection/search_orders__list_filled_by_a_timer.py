# fails: finds the orders whose note contains the text
import threading

COLUMNS = {"id": "id", "total": "total", "status": "status", "created_at": "created_at"}


def rows_with(connection, text, sort_by, descending):
    if sort_by not in COLUMNS:
        raise ValueError(f"can't sort by {sort_by!r}")
    pattern = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    order = f"{COLUMNS[sort_by]} {'DESC' if descending else 'ASC'}, id"
    query = f"SELECT id, user_id, status, total FROM orders WHERE note LIKE ? ESCAPE '\\' ORDER BY {order}"
    return connection.execute(query, [f"%{pattern}%"]).fetchall()


def search_orders(connection, text, sort_by="id", descending=False):
    found = []
    threading.Timer(0.005, found.extend, [rows_with(connection, text, sort_by, descending)]).start()
    return found
