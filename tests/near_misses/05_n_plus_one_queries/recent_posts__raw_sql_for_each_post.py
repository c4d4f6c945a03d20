# fails: at most 3 queries for every limit
from course_lib.testbeds.feed import Post

TAGS = "SELECT name FROM tags JOIN post_tags ON tags.id = post_tags.tag_id WHERE post_id = ? ORDER BY name"


def recent_posts(session, limit):
    connection = session.connection()
    newest = session.query(Post).order_by(Post.created_at.desc(), Post.id.desc()).limit(limit)
    result = []
    for post in newest:
        [(author,)] = connection.exec_driver_sql("SELECT name FROM authors WHERE id = ?", (post.author_id,))
        tags = [name for (name,) in connection.exec_driver_sql(TAGS, (post.id,))]
        result.append({"title": post.title, "author": author, "tags": tags})
    return result
