# fails: at most 2 queries at every size
from course_lib.testbeds.blog import User


def users_with_post_counts():
    result = []
    for user in User.objects.order_by("username"):
        result.append({"username": user.username, "post_count": len(user.post_set.all())})
    return result
