# fails: returns the right list
from django.db.models import Count

from course_lib.testbeds.blog import User


def users_with_post_counts():
    return [
        {"username": u.lower(), "post_count": n}
        for u, n in User.objects.annotate(n=Count("post")).order_by("username").values_list("username", "n")
    ]
