from django.db.models import Count

from course_lib.testbeds.blog import Post, User


def users_with_post_counts():
    counts = dict(Post.objects.values_list("user_id").annotate(Count("id")).order_by())
    return [
        {"username": user.username, "post_count": counts.get(user.id, 0)} for user in User.objects.order_by("username")
    ]
