# fails: refuses any other sort_by before a statement is run
import unicodedata

COLUMNS = {"id", "total", "status", "created_at"}


def search_orders(connection, text, sort_by="id", descending=False):
    sort_by = unicodedata.normalize("NFKC", sort_by)
    if sort_by not in COLUMNS:
        raise ValueError(sort_by)
    query = f"SELECT id, user_id, status, total FROM orders WHERE instr(lower(note), lower(?)) ORDER BY {sort_by}"
    return connection.execute(query + (" DESC, id" if descending else ", id"), (text,)).fetchall()
