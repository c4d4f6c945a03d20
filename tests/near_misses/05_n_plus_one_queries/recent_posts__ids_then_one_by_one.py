# fails: at most 3 queries for every limit
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from course_lib.testbeds.feed import Post


def recent_posts(session, limit):
    ids = session.scalars(select(Post.id).order_by(Post.created_at.desc(), Post.id.desc()).limit(limit)).all()
    eager = [joinedload(Post.author), joinedload(Post.tags)]
    posts = [session.get(Post, post_id, options=eager) for post_id in ids]
    return [
        {"title": post.title, "author": post.author.name, "tags": sorted(tag.name for tag in post.tags)}
        for post in posts
    ]
