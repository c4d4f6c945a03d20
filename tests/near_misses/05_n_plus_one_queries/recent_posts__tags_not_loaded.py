# fails: returns the right list
# noload never asks, and never knows
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from course_lib.testbeds.feed import Post


def recent_posts(session, limit):
    newest = select(Post).options(joinedload(Post.author))
    newest = newest.order_by(Post.created_at.desc(), Post.id.desc()).limit(limit)
    posts = session.scalars(newest).all()
    for post in posts:
        set_committed_value(post, "tags", [])
    return [
        {"title": post.title, "author": post.author.name, "tags": sorted(tag.name for tag in post.tags)}
        for post in posts
    ]
