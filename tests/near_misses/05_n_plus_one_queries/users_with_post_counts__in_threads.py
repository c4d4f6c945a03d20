# fails: at most 2 queries at every size
# the queries run side by side; there are as many of them
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from course_lib.testbeds.blog import User


def counted(user):
    try:
        return {"username": user.username, "post_count": user.post_set.count()}
    finally:
        connection.close()


def users_with_post_counts():
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(counted, User.objects.order_by("username")))
