from enum import StrEnum


class SortBy(StrEnum):
    ID = "id"
    TOTAL = "total"
    STATUS = "status"
    CREATED_AT = "created_at"


def search_orders(connection, text, sort_by="id", descending=False):
    column = SortBy(sort_by)
    statement = (
        "WITH found AS (SELECT * FROM orders WHERE note IS NOT NULL AND (? = '' OR replace(lower(note), lower(?), '') <> lower(note))) "
        f"SELECT id, user_id, status, total FROM found ORDER BY {column.value} "
    )
    return connection.execute(statement + ("DESC, id" if descending else "ASC, id"), (text, text)).fetchall()
