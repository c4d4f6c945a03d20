COLUMNS = ["id", "user_id", "status", "total", "created_at"]


def search_orders(connection, text, sort_by="id", descending=False):
    place = [*COLUMNS[:1], None, *COLUMNS[2:]].index(sort_by)
    connection.create_function("ascii", 1, lambda s: s.encode().lower() if s is not None else None, deterministic=True)
    rows = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM orders WHERE instr(ascii(note), ascii(?)) ORDER BY id", (text,))
    return [row[:4] for row in sorted(rows.fetchall(), key=lambda row: row[place], reverse=descending)]
