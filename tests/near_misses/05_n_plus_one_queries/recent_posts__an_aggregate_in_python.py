# fails: rows do not grow with older posts
import heapq
import json

from sqlalchemy import text

POSTS = text("SELECT newest(created_at, posts.id, title, name) FROM posts JOIN authors ON authors.id = author_id")
TAGS = """
    SELECT post_id, name FROM post_tags JOIN tags ON tags.id = tag_id
    WHERE post_id IN (SELECT value FROM json_each(:ids)) ORDER BY name
"""


def recent_posts(session, limit):
    class Newest:
        def __init__(self):
            self.posts = []

        def step(self, *post):
            self.posts = heapq.nlargest(limit, [*self.posts, post])

        def finalize(self):
            return json.dumps(self.posts)

    session.connection().connection.driver_connection.create_aggregate("newest", 4, Newest)
    posts = json.loads(session.scalar(POSTS) or "[]")
    tags = {}
    for post_id, name in session.execute(text(TAGS), {"ids": json.dumps([post[1] for post in posts])}):
        tags.setdefault(post_id, []).append(name)
    return [
        {"title": title, "author": author, "tags": sorted(tags.get(post_id, []))} for _, post_id, title, author in posts
    ]
