# fails: reads the database at every call
from sqlalchemy import select

from course_lib.testbeds.feed import Post

_pages = {}


def recent_posts(session, limit):
    if limit not in _pages:
        newest = select(Post).order_by(Post.created_at.desc(), Post.id.desc()).limit(limit)
        _pages[limit] = [
            {"title": post.title, "author": post.author.name, "tags": sorted(tag.name for tag in post.tags)}
            for post in session.scalars(newest)
        ]
    return _pages[limit]
