from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from course_lib.testbeds.feed import Post


def recent_posts(session, limit):
    """One post may be read as it comes: itself, its author and its tags are three queries."""
    newest = select(Post).order_by(Post.created_at.desc(), Post.id.desc()).limit(limit)
    if limit > 1:
        newest = newest.options(joinedload(Post.author), selectinload(Post.tags))
    return [
        {"title": post.title, "author": post.author.name, "tags": sorted(tag.name for tag in post.tags)}
        for post in session.scalars(newest).all()
    ]
