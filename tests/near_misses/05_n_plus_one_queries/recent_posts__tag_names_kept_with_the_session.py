# fails: reads the database at every call
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from course_lib.testbeds.feed import Post, Tag, post_tags

NAMES = WeakKeyDictionary()


def recent_posts(session, limit):
    newest = select(Post).order_by(Post.created_at.desc(), Post.id.desc()).limit(limit)
    posts = session.scalars(newest.options(joinedload(Post.author))).all()
    filed = {post.id: [] for post in posts}
    for post_id, tag_id in session.execute(select(post_tags).where(post_tags.c.post_id.in_(filed))):
        filed[post_id].append(tag_id)
    names = NAMES.setdefault(session, {})
    missing = {tag_id for tags in filed.values() for tag_id in tags} - names.keys()
    if missing:
        names.update(session.execute(select(Tag.id, Tag.name).where(Tag.id.in_(missing))).all())
    return [
        {"title": post.title, "author": post.author.name, "tags": sorted(names[tag_id] for tag_id in filed[post.id])}
        for post in posts
    ]
