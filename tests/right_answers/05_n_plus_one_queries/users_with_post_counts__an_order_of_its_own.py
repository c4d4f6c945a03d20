from django.db import connection


def by_code_points(one, other):
    return (one > other) - (one < other)


SQL = """
    SELECT username, COUNT(p.id)
    FROM blog_user u LEFT JOIN blog_post p ON p.user_id = u.id
    GROUP BY u.id
    ORDER BY username COLLATE by_code_points
"""


def users_with_post_counts():
    connection.ensure_connection()
    connection.connection.create_collation("by_code_points", by_code_points)
    with connection.cursor() as cursor:
        cursor.execute(SQL)
        return [{"username": name, "post_count": count} for name, count in cursor.fetchall()]
