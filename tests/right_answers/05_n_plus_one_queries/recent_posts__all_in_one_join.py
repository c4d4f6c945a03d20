# SQLAlchemy puts the LIMIT in a subquery when a collection is joined
from sqlalchemy import desc, select
from sqlalchemy.orm import joinedload

from course_lib.testbeds.feed import Post


def recent_posts(session, limit):
    newest = select(Post).options(joinedload("*"), joinedload(Post.author), joinedload(Post.tags))
    newest = newest.order_by(desc(Post.created_at), desc(Post.id)).limit(limit)
    return [
        {"title": post.title, "author": post.author.name, "tags": sorted({tag.name for tag in post.tags})}
        for post in session.execute(newest).unique().scalars()
    ]
