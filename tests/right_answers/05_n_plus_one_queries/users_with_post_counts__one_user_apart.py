from django.db.models import Count

from course_lib.testbeds.blog import User


def users_with_post_counts():
    """A user who is alone is counted alone: two queries, as for many."""
    users = list(User.objects.order_by("username")[:2])
    if len(users) == 1:
        return [{"username": users[0].username, "post_count": users[0].post_set.count()}]
    counted = User.objects.annotate(posts=Count("post")).order_by("username")
    return [{"username": user.username, "post_count": user.posts} for user in counted]
