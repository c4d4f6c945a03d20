from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, raiseload, selectinload

from course_lib.testbeds import feed
from course_lib.testbeds.feed import Post


def recent_posts(session: Session, limit: int) -> list[dict[str, object]]:
    """The newest posts, each with its author and tags."""
    statement = (
        select(Post)
        .options(joinedload(Post.author, innerjoin=True), selectinload(Post.tags), raiseload("*"))
        .order_by(Post.created_at.desc(), Post.id.desc())
        .limit(limit)
    )
    with session.begin():
        return [
            dict(title=post.title, author=post.author.name, tags=sorted([tag.name for tag in post.tags]))
            for post in session.execute(statement).scalars().all()
        ]


if True:
    engine = feed.create_feed()
    feed.fill_evenly(engine, 20)
    with Session(engine) as trial:
        assert len(recent_posts(trial, 7)) == 7
