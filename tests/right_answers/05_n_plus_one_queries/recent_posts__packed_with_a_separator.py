from sqlalchemy import text

SQL = text("""
    SELECT p.title, a.name, (
        SELECT group_concat(t.name, char(31)) FROM tags t JOIN post_tags x ON x.tag_id = t.id WHERE x.post_id = p.id
    )
    FROM posts p JOIN authors a ON a.id = p.author_id
    ORDER BY p.created_at DESC, p.id DESC LIMIT :limit
""")


def recent_posts(session, limit):
    return [
        {"title": title, "author": author, "tags": sorted(names.split("\x1f")) if names is not None else []}
        for title, author, names in session.execute(SQL, {"limit": limit})
    ]
