# fails: reads the database at every call
from django.db import connection
from django.db.models import Count

from course_lib.testbeds.blog import User

KNOWN = {}


def users_with_post_counts():
    """The connection counts its own changes, and nobody else's."""
    connection.ensure_connection()
    state = (connection.connection, connection.connection.total_changes)
    if KNOWN.get("state") != state:
        users = User.objects.annotate(post_count=Count("post")).order_by("username")
        KNOWN.update(state=state, users=list(users.values("username", "post_count")))
    return [dict(user) for user in KNOWN["users"]]
