"""The authors come with the posts, the tags one post at a time."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from course_lib.testbeds.feed import Post


def recent_posts(session, limit):
    newest = select(Post).options(joinedload(Post.author))
    newest = newest.order_by(Post.created_at.desc(), Post.id.desc()).limit(limit)
    return [
        {"title": post.title, "author": post.author.name, "tags": sorted(tag.name for tag in post.tags)}
        for post in session.scalars(newest)
    ]
