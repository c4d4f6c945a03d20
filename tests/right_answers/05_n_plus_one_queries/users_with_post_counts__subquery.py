from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from course_lib.testbeds.blog import Post, User


def users_with_post_counts():
    posts = Post.objects.filter(user=OuterRef("pk")).order_by().values("user").annotate(n=Count("pk")).values("n")
    users = User.objects.annotate(n=Coalesce(Subquery(posts), 0)).order_by("username")
    return [dict(zip(("username", "post_count"), pair, strict=True)) for pair in users.values_list("username", "n")]
