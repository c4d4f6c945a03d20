# fails: at most 3 queries for every limit
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session, joinedload

from course_lib.testbeds.feed import Post


def recent_posts(session, limit):
    newest = select(Post).options(joinedload(Post.author))
    newest = newest.order_by(Post.created_at.desc(), Post.id.desc()).limit(limit)
    engine = create_engine(session.get_bind().url)
    with Session(engine) as other:
        result = [
            {"title": post.title, "author": post.author.name, "tags": sorted(tag.name for tag in post.tags)}
            for post in other.scalars(newest)
        ]
    engine.dispose()
    return result
