import string


def fold(text):
    return "".join(chr(ord(c) + 32) if c in string.ascii_uppercase else c for c in text)


STATEMENTS = {
    (column, down): "SELECT id, user_id, status, total FROM orders WHERE note_has(note, ?) ORDER BY "
    + f"{column} {'DESC' if down else 'ASC'}, id ASC"
    for column in ("id", "total", "status", "created_at")
    for down in (True, False)
}


def search_orders(connection, text, sort_by="id", descending=False):
    statement = STATEMENTS.get((sort_by, bool(descending)))
    if statement is None:
        raise ValueError(f"{sort_by!r} is not one of id, total, status, created_at")
    connection.create_function("note_has", 2, lambda note, part: note is not None and fold(part) in fold(note))
    return connection.execute(statement, (text,)).fetchall()
