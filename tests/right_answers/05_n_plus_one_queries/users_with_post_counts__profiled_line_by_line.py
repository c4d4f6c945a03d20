from django.db.models import Count
from memory_profiler import profile

from course_lib.testbeds.blog import User


@profile
def users_with_post_counts():
    users = User.objects.annotate(posts=Count("post")).order_by("username")
    return [{"username": user.username, "post_count": user.posts} for user in users]
