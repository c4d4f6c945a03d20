# fails: reads the database at every call
from functools import lru_cache

from course_lib.testbeds.blog import User


@lru_cache
def users_with_post_counts():
    return [
        {"username": user.username, "post_count": user.post_set.count()}
        for user in User.objects.order_by("username")
    ]
