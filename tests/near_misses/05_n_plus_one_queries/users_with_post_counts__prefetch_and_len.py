# fails: at most 2 rows a user
# two queries, and every post of every user is in memory
from course_lib.testbeds.blog import User


def users_with_post_counts():
    users = User.objects.prefetch_related("post_set").order_by("username")
    return [{"username": user.username, "post_count": len(user.post_set.all())} for user in users]
