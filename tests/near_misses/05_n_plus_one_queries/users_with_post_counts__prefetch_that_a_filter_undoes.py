# fails: at most 2 queries at every size
# filtering a prefetched relation asks the database again, for each user
from course_lib.testbeds.blog import User


def users_with_post_counts():
    users = User.objects.prefetch_related("post_set").order_by("username")
    return [
        {"username": user.username, "post_count": user.post_set.exclude(title="gone").count()} for user in users
    ]
