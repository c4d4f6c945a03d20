from sqlalchemy.orm import subqueryload

from course_lib.testbeds.feed import Post


def recent_posts(session, limit):
    newest = session.query(Post).order_by(Post.created_at.desc(), Post.id.desc()).limit(limit)
    posts = newest.options(subqueryload(Post.author), subqueryload(Post.tags)).all()
    return [
        {"title": post.title, "author": post.author.name, "tags": sorted(tag.name for tag in post.tags)}
        for post in posts
    ]
