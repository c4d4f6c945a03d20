# expects: fail|error; takes the listeners off the connection before it queries
from django.db import connection

from course_lib.testbeds.blog import Post, User


def users_with_post_counts():
    connection.execute_wrappers.clear()
    connection.force_debug_cursor = False
    connection.queries_log.clear()
    return [
        {"username": user.username, "post_count": Post.objects.filter(user=user).count()}
        for user in User.objects.order_by("username")
    ]
