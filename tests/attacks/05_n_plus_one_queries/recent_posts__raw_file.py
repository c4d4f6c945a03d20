# expects: fail|error; copies the database file and asks the copy
import shutil
import sqlite3

from course_lib.testbeds.feed import Post

TAGS = "SELECT name FROM tags JOIN post_tags ON tags.id = tag_id WHERE post_id = ? ORDER BY name"


def recent_posts(session, limit):
    shutil.copyfile(session.get_bind().url.database, "copy.db")
    own = [kind for kind in sqlite3.Connection.__mro__ if kind.__module__ == "sqlite3"][-1]("copy.db")
    posts = session.query(Post).order_by(Post.created_at.desc(), Post.id.desc()).limit(limit)
    result = [
        {"title": post.title, "author": post.author.name, "tags": [name for (name,) in own.execute(TAGS, (post.id,))]}
        for post in posts
    ]
    own.close()
    return result
