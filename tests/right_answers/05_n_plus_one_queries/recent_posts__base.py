from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from course_lib.testbeds.feed import Post


def recent_posts(session, limit):
    newest = select(Post).order_by(Post.created_at.desc(), Post.id.desc()).limit(limit)
    posts = session.scalars(newest.options(joinedload(Post.author), selectinload(Post.tags))).all()
    found = []
    for post in posts:
        names = [tag.name for tag in post.tags]
        found.append({"title": post.title, "author": post.author.name, "tags": sorted(names)})
    return found
