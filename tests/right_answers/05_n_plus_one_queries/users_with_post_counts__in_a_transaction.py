# transaction control is not counted
from django.db import transaction
from django.db.models import Count

from course_lib.testbeds.blog import User


def users_with_post_counts():
    with transaction.atomic(), transaction.atomic():
        if not User.objects.exists():
            return []
        users = User.objects.annotate(posts=Count("post__id")).order_by("username")
        return [{"username": user.username, "post_count": user.posts} for user in users.iterator(chunk_size=50)]
