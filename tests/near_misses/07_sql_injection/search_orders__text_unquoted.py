# fails: takes every character of the text literally
from urllib.parse import unquote

COLUMNS = {"id": "id", "total": "total", "status": "status", "created_at": "created_at"}


def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in COLUMNS:
        raise ValueError("sort_by")
    direction = "DESC" if descending else "ASC"
    return connection.execute(
        "SELECT id, user_id, status, total FROM orders WHERE note IS NOT NULL AND instr(lower(note), lower(?)) "
        f"ORDER BY {COLUMNS[sort_by]} {direction}, id",
        (unquote(text),),
    ).fetchall()
