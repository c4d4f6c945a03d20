# fails: returns the right list
# one name in the data has commas of its own
from sqlalchemy import func, select

from course_lib.testbeds.feed import Author, Post, Tag


def recent_posts(session, limit):
    rows = session.execute(
        select(Post.title, Author.name, func.group_concat(Tag.name))
        .join(Post.author)
        .outerjoin(Post.tags)
        .group_by(Post.id)
        .order_by(Post.created_at.desc(), Post.id.desc())
        .limit(limit)
    )
    return [
        {"title": title, "author": author, "tags": sorted(tags.split(",")) if tags else []}
        for title, author, tags in rows
    ]
