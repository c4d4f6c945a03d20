# fails: reads the database at every call
# the newest post was corrected and kept its id
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from course_lib.testbeds.feed import Post

_pages = {}


def recent_posts(session, limit):
    order = Post.created_at.desc(), Post.id.desc()
    key = limit, session.scalar(select(Post.id).order_by(*order).limit(1))
    if key not in _pages:
        newest = select(Post).options(joinedload(Post.author), selectinload(Post.tags)).order_by(*order).limit(limit)
        _pages[key] = [
            {"title": post.title, "author": post.author.name, "tags": sorted(tag.name for tag in post.tags)}
            for post in session.scalars(newest)
        ]
    return _pages[key]
