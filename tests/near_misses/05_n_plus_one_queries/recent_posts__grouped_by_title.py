# fails: returns the right list
# two posts may share a title
from sqlalchemy import select

from course_lib.testbeds.feed import Author, Post, Tag


def recent_posts(session, limit):
    newest = select(Post).order_by(Post.created_at.desc(), Post.id.desc()).limit(limit).subquery()
    rows = session.execute(
        select(newest.c.title, Author.name, Tag.name)
        .join(Author, Author.id == newest.c.author_id)
        .outerjoin(Post, Post.id == newest.c.id)
        .outerjoin(Post.tags)
        .order_by(newest.c.created_at.desc(), newest.c.id.desc())
    )
    shown = {}
    for title, author, tag in rows:
        entry = shown.setdefault(title, {"title": title, "author": author, "tags": []})
        if tag is not None:
            entry["tags"] = sorted([*entry["tags"], tag])
    return list(shown.values())
