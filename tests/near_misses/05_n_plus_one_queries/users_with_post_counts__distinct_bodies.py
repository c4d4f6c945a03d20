# fails: returns the right list
from django.db.models import Count

from course_lib.testbeds.blog import User


def users_with_post_counts():
    return list(
        User.objects.annotate(post_count=Count("post__body", distinct=True))
        .order_by("username")
        .values("username", "post_count")
    )
