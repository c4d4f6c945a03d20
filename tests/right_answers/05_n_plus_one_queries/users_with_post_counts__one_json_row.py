import json

from django.db import connection

SQL = """
    SELECT json_group_array(json_array(username, posts))
    FROM (SELECT username, (SELECT count(*) FROM blog_post WHERE user_id = u.id) AS posts FROM blog_user u)
"""


def users_with_post_counts():
    with connection.cursor() as cursor:
        cursor.execute(SQL)
        found = json.loads(cursor.fetchone()[0])
    return [{"username": name, "post_count": posts} for name, posts in sorted(found)]
