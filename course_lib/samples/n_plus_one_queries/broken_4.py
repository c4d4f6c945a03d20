"""A statement written by hand for each user."""

from django.db import connection

from course_lib.testbeds.blog import User


def users_with_post_counts():
    result = []
    with connection.cursor() as cursor:
        for user in User.objects.order_by("username"):
            cursor.execute("SELECT COUNT(*) FROM blog_post WHERE user_id = %s", [user.id])
            result.append({"username": user.username, "post_count": cursor.fetchone()[0]})
    return result
