# fails: returns the right list
# looks like a number, asks the database when somebody looks
from django.utils.functional import SimpleLazyObject

from course_lib.testbeds.blog import User


def users_with_post_counts():
    return [
        {"username": user.username, "post_count": SimpleLazyObject(user.post_set.count)}
        for user in User.objects.order_by("username")
    ]
