from django.db import connection

SQL = """
    SELECT as_shown(username), (SELECT COUNT(*) FROM blog_post WHERE user_id = u.id)
    FROM blog_user u
    ORDER BY username
"""


def users_with_post_counts():
    connection.ensure_connection()
    connection.connection.create_function("as_shown", 1, str, deterministic=True)
    with connection.cursor() as cursor:
        cursor.execute(SQL)
        return [{"username": name, "post_count": count} for name, count in cursor.fetchall()]
