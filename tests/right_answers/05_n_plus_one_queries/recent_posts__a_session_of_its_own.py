from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from course_lib.testbeds.feed import Post


def recent_posts(session, limit):
    if limit == 0:
        return []
    newest = select(Post).options(joinedload(Post.author), selectinload(Post.tags))
    newest = newest.order_by(Post.created_at.desc(), Post.id.desc()).limit(limit)
    with Session(session.get_bind()) as other:
        posts = other.scalars(newest).all()
        return [
            {"title": post.title, "author": post.author.name, "tags": sorted(tag.name for tag in post.tags)}
            for post in posts
        ]
