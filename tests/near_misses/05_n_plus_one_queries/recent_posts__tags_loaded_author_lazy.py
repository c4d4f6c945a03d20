# fails: at most 3 queries for every limit
# seven authors: few enough to hide in a small test, and still a query for each new one
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from course_lib.testbeds.feed import Post


def recent_posts(session, limit):
    newest = select(Post).options(selectinload(Post.tags))
    newest = newest.order_by(Post.created_at.desc(), Post.id.desc()).limit(limit)
    return [
        {"title": post.title, "author": post.author.name, "tags": sorted(tag.name for tag in post.tags)}
        for post in session.scalars(newest)
    ]
