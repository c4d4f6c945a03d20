# fails: takes every character of the text literally
import re

COLUMNS = ("id", "total", "status", "created_at")


def search_orders(connection, text, sort_by="id", descending=False):
    if sort_by not in COLUMNS:
        raise ValueError(sort_by)
    found = re.compile(re.escape(text), re.IGNORECASE).search
    query = f"SELECT id, user_id, status, total, note FROM orders WHERE note IS NOT NULL ORDER BY {sort_by}"
    rows = connection.execute(query + (" DESC, id" if descending else ", id"))
    return [row[:4] for row in rows if found(row[4])]
