# fails: at most 3 queries for every limit
# no growth, and one query too many
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from course_lib.testbeds.feed import Post


def recent_posts(session, limit):
    there = session.scalar(select(func.count()).select_from(Post))
    newest = select(Post).options(selectinload(Post.author), selectinload(Post.tags))
    newest = newest.order_by(Post.created_at.desc(), Post.id.desc()).limit(min(limit, there))
    return [
        {"title": post.title, "author": post.author.name, "tags": sorted(tag.name for tag in post.tags)}
        for post in session.scalars(newest)
    ]
