from django.db.models import Count

from course_lib.testbeds.blog import User


class UsersWithPostCounts:
    def __init__(self):
        self._users = User.objects.annotate(post_count=Count("post")).order_by("username")

    def __call__(self):
        return [{"username": user.username, "post_count": user.post_count} for user in self._users.all()]


users_with_post_counts = UsersWithPostCounts()
