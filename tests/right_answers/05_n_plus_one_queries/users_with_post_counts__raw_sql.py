from django.db import connection

SQL = """
    SELECT u.username, COUNT(p.id)
    FROM blog_user u LEFT JOIN blog_post p ON p.user_id = u.id
    GROUP BY u.id, u.username
    ORDER BY u.username
"""


def users_with_post_counts():
    with connection.cursor() as cursor:
        cursor.execute(SQL)
        return [{"username": name, "post_count": count} for name, count in cursor]
