# fails: at most 2 queries at every size
# narrower rows, same loop
from course_lib.testbeds.blog import Post, User


def users_with_post_counts():
    users = User.objects.only("username").order_by("username")
    return [
        {"username": user.username, "post_count": Post.objects.filter(user=user).count()} for user in users.iterator()
    ]
