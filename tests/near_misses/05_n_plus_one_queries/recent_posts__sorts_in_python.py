# fails: rows do not grow with older posts
from sqlalchemy.orm import joinedload, subqueryload

from course_lib.testbeds.feed import Post


def recent_posts(session, limit):
    posts = session.query(Post).options(joinedload(Post.author), subqueryload(Post.tags)).all()
    posts.sort(key=lambda post: (post.created_at, post.id), reverse=True)
    return [
        {"title": post.title, "author": post.author.name, "tags": sorted(tag.name for tag in post.tags)}
        for post in posts[:limit]
    ]
