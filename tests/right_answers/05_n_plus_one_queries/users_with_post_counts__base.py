from django.db.models import Count

from course_lib.testbeds.blog import Post, User


def users_with_post_counts():
    users = User.objects.annotate(posts=Count("post")).order_by("username")
    return [{"username": user.username, "post_count": user.posts} for user in users]
