# fails: returns the right list
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from course_lib.testbeds.feed import Post
def recent_posts(session, limit):
    q = select(Post).options(joinedload(Post.author), selectinload(Post.tags)).order_by(Post.created_at.desc(), Post.id.desc()).limit(limit)
    return [{"title": p.title[:100], "author": p.author.name, "tags": sorted(t.name for t in p.tags)} for p in session.scalars(q)]
