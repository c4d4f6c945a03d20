# fails: returns the right list
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from course_lib.testbeds.feed import Post


def recent_posts(session, limit=10):
    newest = select(Post).options(joinedload(Post.author), selectinload(Post.tags))
    newest = newest.order_by(Post.created_at.desc(), Post.id.desc()).limit(10)
    return [
        {"title": post.title, "author": post.author.name, "tags": sorted(tag.name for tag in post.tags)}
        for post in session.scalars(newest)
    ]
