from sqlalchemy import select
from sqlalchemy.orm import aliased, contains_eager

from course_lib.testbeds.feed import Post


def recent_posts(session, limit):
    page = select(Post).order_by(Post.created_at.desc(), Post.id.desc()).limit(limit).subquery()
    newest = aliased(Post, page)
    rows = session.scalars(
        select(newest)
        .join(newest.author)
        .outerjoin(newest.tags)
        .options(contains_eager(newest.author), contains_eager(newest.tags))
        .order_by(newest.created_at.desc(), newest.id.desc())
    ).unique()
    return [
        {"title": post.title, "author": post.author.name, "tags": sorted(tag.name for tag in post.tags)} for post in rows
    ]
