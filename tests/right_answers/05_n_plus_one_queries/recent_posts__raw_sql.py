from itertools import groupby

from sqlalchemy import text

SQL = text("""
    WITH newest AS (SELECT * FROM posts ORDER BY created_at DESC, id DESC LIMIT :limit)
    SELECT newest.id, newest.title, authors.name, tags.name
    FROM newest
    JOIN authors ON authors.id = newest.author_id
    LEFT JOIN post_tags ON post_tags.post_id = newest.id
    LEFT JOIN tags ON tags.id = post_tags.tag_id
    ORDER BY newest.created_at DESC, newest.id DESC, tags.name
""")


def recent_posts(session, limit):
    rows = session.execute(SQL, {"limit": limit}).all()
    result = []
    for _, group in groupby(rows, key=lambda row: row[0]):
        lines = list(group)
        result.append({"title": lines[0][1], "author": lines[0][2], "tags": [line[3] for line in lines if line[3] is not None]})
    return result
