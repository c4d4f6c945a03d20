from django.db import connection

SQL = """
    SELECT DISTINCT username, count(p.id) OVER (PARTITION BY u.id)
    FROM blog_user u LEFT JOIN blog_post p ON p.user_id = u.id
    ORDER BY username
"""


def users_with_post_counts():
    with connection.cursor() as cursor:
        cursor.execute(SQL)
        return [{"username": name, "post_count": posts} for name, posts in cursor]
