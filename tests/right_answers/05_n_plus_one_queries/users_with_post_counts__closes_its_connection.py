from django.db import connection
from django.db.models import Count

from course_lib.testbeds.blog import User


def users_with_post_counts():
    connection.close()
    try:
        users = list(User.objects.order_by("username"))
        counts = {row["pk"]: row["n"] for row in User.objects.annotate(n=Count("post")).values("pk", "n")}
        return [{"username": user.username, "post_count": counts[user.pk]} for user in users]
    finally:
        connection.close()
