"""What was fetched in advance is filtered, and so fetched again for each user."""

from course_lib.testbeds.blog import User


def users_with_post_counts():
    users = User.objects.prefetch_related("post_set").order_by("username")
    return [
        {"username": user.username, "post_count": len(user.post_set.filter(pk__gt=0))} for user in users
    ]
