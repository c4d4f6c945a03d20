import string

FOLD = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
KEYS = {"id": 0, "total": 3, "status": 2, "created_at": 4}


def search_orders(connection, text, sort_by="id", descending=False):
    try:
        key = KEYS[sort_by]
    except KeyError:
        raise ValueError(sort_by) from None
    wanted = text.translate(FOLD)
    rows = connection.execute("SELECT id, user_id, status, total, created_at, note FROM orders ORDER BY id").fetchall()
    found = [row for row in rows if row[5] is not None and wanted in row[5].translate(FOLD)]
    found.sort(key=lambda row: row[key], reverse=descending)
    return [row[:4] for row in found]
