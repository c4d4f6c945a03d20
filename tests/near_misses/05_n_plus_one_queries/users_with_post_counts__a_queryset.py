# fails: returns the right list
# lazy: no query has run yet, and a QuerySet is no list
from django.db.models import Count

from course_lib.testbeds.blog import User


def users_with_post_counts():
    return User.objects.annotate(post_count=Count("post")).order_by("username").values("username", "post_count")
