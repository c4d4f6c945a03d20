# fails: refuses any other sort_by before a statement is run
import re


def search_orders(connection, text, sort_by="id", descending=False):
    if not re.match(r"^(id|total|status|created_at)$", sort_by):
        raise ValueError(sort_by)
    query = f"SELECT id, user_id, status, total FROM orders WHERE instr(lower(note), lower(?)) ORDER BY {sort_by}"
    return connection.execute(query + (" DESC, id" if descending else ", id"), (text,)).fetchall()
