# fails: returns the right list
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from course_lib.testbeds.feed import Post


def recent_posts(session, limit):
    q = (
        select(Post)
        .options(joinedload(Post.author), selectinload(Post.tags))
        .order_by(func.strftime("%s", Post.created_at).desc(), Post.id.desc())
        .limit(limit)
    )
    posts = session.scalars(q).all()
    return [{"title": p.title, "author": p.author.name, "tags": sorted(t.name for t in p.tags)} for p in posts]
