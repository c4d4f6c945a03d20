PLACES = {"id": 1, "status": 3, "total": 4, "created_at": 5}


def search_orders(connection, text, sort_by="id", descending=False):
    """Found in a text of every order's own, and only then those without a note are left out."""
    if sort_by not in PLACES:
        raise ValueError(f"no order has {sort_by!r}")
    found = connection.execute(
        "WITH notes AS (SELECT *, lower(ifnull(note, '')) AS words FROM orders) "
        "SELECT id, user_id, status, total, created_at, note IS NULL FROM notes WHERE instr(words, lower(?)) "
        f"ORDER BY {PLACES[sort_by]} {'DESC' if descending else 'ASC'}, 1",
        (text,),
    )
    return [row[:4] for row in found if not row[5]]
