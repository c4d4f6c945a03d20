# fails: reads the database at every call
from django.db import connection
from django.db.models import Count

from course_lib.testbeds.blog import User

STATE = """
    SELECT (SELECT COUNT(*) FROM blog_user), (SELECT MAX(id) FROM blog_user), (SELECT SUM(LENGTH(username)) FROM blog_user),
           (SELECT COUNT(*) FROM blog_post), (SELECT MAX(id) FROM blog_post), (SELECT SUM(user_id) FROM blog_post)
"""
KNOWN = {}


def users_with_post_counts():
    with connection.cursor() as cursor:
        state = cursor.execute(STATE).fetchone()
    if state not in KNOWN:
        users = User.objects.annotate(post_count=Count("post")).order_by("username")
        KNOWN[state] = list(users.values("username", "post_count"))
    return [dict(user) for user in KNOWN[state]]
