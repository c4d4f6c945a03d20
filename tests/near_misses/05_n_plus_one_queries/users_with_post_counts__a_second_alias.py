# fails: at most 2 queries at every size
from django.db import connection, connections

from course_lib.testbeds.blog import Post, User


def users_with_post_counts():
    connections.settings["other"] = {**connections.settings["default"], "NAME": connection.settings_dict["NAME"]}
    result = [
        {"username": user.username, "post_count": Post.objects.using("other").filter(user_id=user.id).count()}
        for user in User.objects.order_by("username")
    ]
    connections["other"].close()
    return result
