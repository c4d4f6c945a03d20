# fails: rows do not grow with older posts
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from course_lib.testbeds.feed import Post


def recent_posts(session, limit):
    every = select(Post).options(joinedload(Post.author), selectinload(Post.tags))
    every = every.order_by(Post.created_at.desc(), Post.id.desc())
    posts = session.scalars(every).all()[:limit]
    return [
        {"title": post.title, "author": post.author.name, "tags": sorted(tag.name for tag in post.tags)}
        for post in posts
    ]
