# fails: rows do not grow with older posts
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from course_lib.testbeds.feed import Author, Post, Tag, post_tags

def recent_posts(session, limit):
    names = dict(session.execute(select(Tag.id, Tag.name)).all())
    posts = session.scalars(select(Post).options(joinedload(Post.author)).order_by(Post.created_at.desc(), Post.id.desc()).limit(limit)).all()
    tags = {}
    for pk, tag in session.execute(select(post_tags).where(post_tags.c.post_id.in_([p.id for p in posts]))):
        tags.setdefault(pk, []).append(names[tag])
    return [{"title": p.title, "author": p.author.name, "tags": sorted(tags.get(p.id, []))} for p in posts]
