# fails: returns the right list
# LIMIT counts rows of the join, and a post with six tags is six of them
from sqlalchemy import select

from course_lib.testbeds.feed import Author, Post


def recent_posts(session, limit):
    rows = session.execute(
        select(Post, Author.name)
        .join(Post.author)
        .outerjoin(Post.tags)
        .order_by(Post.created_at.desc(), Post.id.desc())
        .limit(limit)
    ).unique()
    return [
        {"title": post.title, "author": author, "tags": sorted(tag.name for tag in post.tags)}
        for post, author in rows
    ]
