# fails: at most 2 rows a user
# count() of a prefetched relation counts what was prefetched: all of it
from course_lib.testbeds.blog import User


def users_with_post_counts():
    users = User.objects.prefetch_related("post_set").order_by("username")
    return [{"username": user.username, "post_count": user.post_set.count()} for user in users]
