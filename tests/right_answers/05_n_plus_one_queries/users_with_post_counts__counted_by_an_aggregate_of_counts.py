import json

from django.db import connection


class Listed:
    def __init__(self):
        self.users = []

    def step(self, name, count):
        self.users.append([name, count])

    def finalize(self):
        return json.dumps(self.users)


SQL = """
    SELECT listed(username, posts)
    FROM (SELECT username, (SELECT COUNT(*) FROM blog_post WHERE user_id = u.id) AS posts FROM blog_user u)
"""


def users_with_post_counts():
    connection.ensure_connection()
    connection.connection.create_aggregate("listed", 2, Listed)
    with connection.cursor() as cursor:
        cursor.execute(SQL)
        users = json.loads(cursor.fetchone()[0] or "[]")
    return [{"username": name, "post_count": count} for name, count in sorted(users)]
