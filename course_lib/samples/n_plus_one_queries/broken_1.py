"""A count for each user."""

from course_lib.testbeds.blog import User


def users_with_post_counts():
    return [
        {"username": user.username, "post_count": user.post_set.count()}
        for user in User.objects.order_by("username")
    ]
