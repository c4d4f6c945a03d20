from collections import defaultdict

from django.db.models import Count

from course_lib.testbeds.blog import Post, User


def users_with_post_counts():
    posts = defaultdict(int)
    for row in Post.objects.values("user__username").annotate(n=Count("pk")):
        posts[row["user__username"]] += row["n"]
    names = sorted(User.objects.values_list("username", flat=True))
    return [dict(username=name, post_count=posts[name]) for name in names]
