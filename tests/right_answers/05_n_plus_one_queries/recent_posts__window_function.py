from sqlalchemy import func, select

from course_lib.testbeds.feed import Author, Post, Tag, post_tags


def recent_posts(session, limit):
    place = func.row_number().over(order_by=(Post.created_at.desc(), Post.id.desc())).label("place")
    numbered = select(Post.id, Post.title, Post.author_id, place).subquery()
    rows = session.execute(
        select(numbered.c.place, numbered.c.title, Author.name)
        .join(Author, Author.id == numbered.c.author_id)
        .where(numbered.c.place <= limit)
    ).all()
    tags = session.execute(
        select(numbered.c.place, Tag.name)
        .join(post_tags, post_tags.c.post_id == numbered.c.id)
        .join(Tag, Tag.id == post_tags.c.tag_id)
        .where(numbered.c.place <= limit)
    ).all()
    found = {place: {"title": title, "author": author, "tags": []} for place, title, author in sorted(rows)}
    for place, name in sorted(tags):
        found[place]["tags"].append(name)
    return list(found.values())
