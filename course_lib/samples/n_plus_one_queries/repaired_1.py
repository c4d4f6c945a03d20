"""The database counts, in one statement."""

from django.db.models import Count

from course_lib.testbeds.blog import User


def users_with_post_counts():
    counted = User.objects.annotate(post_count=Count("post")).order_by("username")
    return list(counted.values("username", "post_count"))
