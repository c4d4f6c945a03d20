# no LIMIT in the statement: a window function numbers the posts and the rest never leaves the database
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from course_lib.testbeds.feed import Post


def recent_posts(session, limit):
    place = func.row_number().over(order_by=(Post.created_at.desc(), Post.id.desc()))
    numbered = select(Post.id, place.label("place")).subquery()
    newest = (
        select(Post)
        .join(numbered, numbered.c.id == Post.id)
        .where(numbered.c.place <= limit)
        .order_by(numbered.c.place)
        .options(joinedload(Post.author), selectinload(Post.tags))
    )
    return [
        {"title": post.title, "author": post.author.name, "tags": sorted(tag.name for tag in post.tags)}
        for post in session.scalars(newest)
    ]
