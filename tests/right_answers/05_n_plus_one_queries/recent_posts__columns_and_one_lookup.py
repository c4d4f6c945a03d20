from collections import defaultdict

from sqlalchemy import select

from course_lib.testbeds.feed import Author, Post, Tag


def recent_posts(session, limit):
    posts = session.execute(
        select(Post.id, Post.title, Author.name)
        .join(Author, Post.author_id == Author.id)
        .order_by(Post.created_at.desc(), Post.id.desc())
        .limit(limit)
    ).all()
    tags = defaultdict(list)
    ids = [post_id for post_id, _, _ in posts]
    for post_id, name in session.execute(select(Post.id, Tag.name).join(Post.tags).where(Post.id.in_(ids)).order_by(Tag.name)):
        tags[post_id].append(name)
    return [{"title": title, "author": author, "tags": tags[post_id]} for post_id, title, author in posts]
