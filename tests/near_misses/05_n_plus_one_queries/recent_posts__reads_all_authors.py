# fails: rows do not grow with older posts
from collections import defaultdict
from sqlalchemy import select, text, func
from sqlalchemy.orm import joinedload, selectinload, subqueryload, contains_eager, raiseload, load_only, defer
from course_lib.testbeds import feed
from course_lib.testbeds.feed import Author, Post, Tag, post_tags

def recent_posts(session, limit):
    authors = dict(session.execute(select(Author.id, Author.name)).all())
    posts = session.scalars(select(Post).options(selectinload(Post.tags)).order_by(Post.created_at.desc(), Post.id.desc()).limit(limit)).all()
    return [{"title": p.title, "author": authors[p.author_id], "tags": sorted(t.name for t in p.tags)} for p in posts]
