# fails: returns the right list
# grouping the posts never sees a user without any
from django.db.models import Count

from course_lib.testbeds.blog import Post


def users_with_post_counts():
    counted = Post.objects.values("user__username").annotate(n=Count("id")).order_by("user__username")
    return [{"username": row["user__username"], "post_count": row["n"]} for row in counted]
