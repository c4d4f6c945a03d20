from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from course_lib.testbeds.feed import Post


def newest(session, limit):
    query = select(Post).order_by(Post.created_at.desc(), Post.id.desc()).limit(limit)
    posts = session.scalars(query.options(joinedload(Post.author), selectinload(Post.tags))).all()
    return [
        {"title": post.title, "author": post.author.name, "tags": sorted(tag.name for tag in post.tags)}
        for post in posts
    ]


def recent_posts(session, limit):
    with ThreadPoolExecutor() as pool:
        return list(pool.map(dict, newest(session, limit)))
