# fails: returns the right list
# COUNT(*) over an outer join is 1 for a user without posts
from django.db import connection


def users_with_post_counts():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT username, COUNT(*) FROM blog_user LEFT JOIN blog_post ON blog_post.user_id = blog_user.id "
            "GROUP BY username ORDER BY username"
        )
        return [{"username": name, "post_count": count} for name, count in cursor.fetchall()]
