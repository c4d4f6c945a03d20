# fails: rows do not grow with older posts
# the posts are limited, the table between posts and tags is read whole
from collections import defaultdict

from sqlalchemy import select

from course_lib.testbeds.feed import Author, Post, Tag, post_tags


def recent_posts(session, limit):
    posts = session.execute(
        select(Post.id, Post.title, Author.name)
        .join(Post.author)
        .order_by(Post.created_at.desc(), Post.id.desc())
        .limit(limit)
    ).all()
    names = defaultdict(list)
    for post_id, name in session.execute(select(post_tags.c.post_id, Tag.name).join(Tag, Tag.id == post_tags.c.tag_id)):
        names[post_id].append(name)
    return [{"title": title, "author": author, "tags": sorted(names[post_id])} for post_id, title, author in posts]
