# fails: returns the right list
from course_lib.testbeds.blog import User


def users_with_post_counts():
    for user in User.objects.order_by("username"):
        yield {"username": user.username, "post_count": user.post_set.count()}
