import string


def glob(text):
    parts = []
    for c in text:
        if c in string.ascii_letters:
            parts.append(f"[{c.lower()}{c.upper()}]")
        elif c in "*?[":
            parts.append(f"[{c}]")
        else:
            parts.append(c)
    return "*" + "".join(parts) + "*"


def search_orders(connection, text, sort_by="id", descending=False):
    match sort_by:
        case "id":
            order = "id DESC" if descending else "id"
        case "total" | "status" | "created_at":
            order = f"{sort_by} DESC, id" if descending else f"{sort_by}, id"
        case _:
            raise ValueError(sort_by)
    sql = "SELECT id, user_id, status, total FROM orders WHERE note GLOB ? ORDER BY " + order
    return [tuple(row) for row in connection.execute(sql, (glob(text),))]
