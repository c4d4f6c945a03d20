# fails: at most 2 rows a user
# every post is handed to Python, and one row comes back
from collections import Counter

from django.db import connection

from course_lib.testbeds.blog import User


def users_with_post_counts():
    counts = Counter()

    def collect(user_id):
        counts[user_id] += 1
        return 0

    connection.ensure_connection()
    connection.connection.create_function("collect", 1, collect)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(collect(user_id)) FROM blog_post")
        cursor.fetchall()
    users = User.objects.order_by("username").values_list("id", "username")
    return [{"username": name, "post_count": counts[user_id]} for user_id, name in users]
