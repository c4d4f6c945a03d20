import re
from operator import itemgetter


def search_orders(connection, text, sort_by="id", descending=False):
    columns = ["id", "user_id", "status", "total", "created_at", "note"]
    if sort_by not in ("id", "total", "status", "created_at"):
        raise ValueError("sort_by must be id, total, status or created_at")
    pattern = re.compile(re.escape(text), re.IGNORECASE | re.ASCII)
    found = [
        row
        for row in connection.execute(f"SELECT {', '.join(columns)} FROM orders")
        if row[5] is not None and pattern.search(row[5])
    ]
    found.sort(key=itemgetter(0))
    found.sort(key=itemgetter(columns.index(sort_by)), reverse=descending)
    return [row[:4] for row in found]
