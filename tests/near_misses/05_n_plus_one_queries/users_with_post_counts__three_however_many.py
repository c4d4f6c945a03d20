# fails: at most 2 queries at every size
# no growth, and one query too many
from django.db.models import Count

from course_lib.testbeds.blog import Post, User


def users_with_post_counts():
    users = list(User.objects.order_by("username"))
    counts = dict(Post.objects.order_by().values_list("user").annotate(Count("id")))
    silent = set(User.objects.filter(post=None).values_list("id", flat=True))
    return [{"username": user.username, "post_count": 0 if user.id in silent else counts[user.id]} for user in users]
