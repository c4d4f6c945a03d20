# fails: returns the right list
# plain on the outside; the template will ask for author.name and pay for it
from sqlalchemy import select

from course_lib.testbeds.feed import Post


def recent_posts(session, limit):
    newest = select(Post).order_by(Post.created_at.desc(), Post.id.desc()).limit(limit)
    return [{"title": post.title, "author": post.author, "tags": post.tags} for post in session.scalars(newest)]
