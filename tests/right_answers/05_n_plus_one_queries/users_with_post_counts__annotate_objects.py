from django.db.models import Count

from course_lib.testbeds.blog import User


def users_with_post_counts():
    result = []
    for user in User.objects.annotate(number=Count("post", distinct=True)).order_by("username"):
        result.append({"post_count": user.number, "username": user.username})
    return result
