# fails: returns the right list
from django.db.models import Count

from course_lib.testbeds.blog import User


def users_with_post_counts():
    counted = User.objects.annotate(n=Count("post")).order_by("id")
    return [{"username": user.username, "post_count": user.n} for user in counted]
