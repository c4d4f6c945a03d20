from django.db import connection
from django.db.models import Count

from course_lib.testbeds.blog import User

KNOWN = {}


def users_with_post_counts():
    """The connection counts its own changes, and SQLite those of all others."""
    with connection.cursor() as cursor:
        (others,) = cursor.execute("PRAGMA data_version").fetchone()
    state = (connection.connection, connection.connection.total_changes, others)
    if KNOWN.get("state") != state:
        users = User.objects.annotate(post_count=Count("post")).order_by("username")
        KNOWN.update(state=state, users=list(users.values("username", "post_count")))
    return [dict(user) for user in KNOWN["users"]]
