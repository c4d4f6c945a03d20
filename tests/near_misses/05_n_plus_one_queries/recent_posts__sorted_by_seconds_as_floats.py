# fails: returns the right list
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from course_lib.testbeds.feed import Post


def recent_posts(session, limit):
    newest = select(Post).order_by(Post.created_at.desc(), Post.id.desc()).limit(limit)
    posts = session.scalars(newest.options(joinedload(Post.author), selectinload(Post.tags))).all()
    posts = sorted(posts, key=lambda post: (post.created_at.timestamp(), post.id), reverse=True)
    return [{"title": p.title, "author": p.author.name, "tags": sorted(tag.name for tag in p.tags)} for p in posts]
