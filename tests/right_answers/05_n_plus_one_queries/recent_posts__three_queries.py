from sqlalchemy.orm import selectinload

from course_lib.testbeds.feed import Post


def recent_posts(session, limit):
    newest = session.query(Post).options(selectinload(Post.author), selectinload(Post.tags))
    posts = newest.order_by(Post.created_at.desc(), Post.id.desc()).limit(limit).all()
    return [
        {"title": post.title, "author": post.author.name, "tags": sorted(tag.name for tag in post.tags)}
        for post in posts
    ]
