import json

from sqlalchemy import func, select

from course_lib.testbeds.feed import Author, Post, Tag, post_tags


def recent_posts(session, limit):
    names = (
        select(func.json_group_array(Tag.name))
        .join(post_tags, post_tags.c.tag_id == Tag.id)
        .where(post_tags.c.post_id == Post.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Post.title, Author.name, names)
        .join(Post.author)
        .order_by(Post.created_at.desc(), Post.id.desc())
        .limit(limit)
    )
    return [{"title": title, "author": author, "tags": sorted(json.loads(tags))} for title, author, tags in rows]
