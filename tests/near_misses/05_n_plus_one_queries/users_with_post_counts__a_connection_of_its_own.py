# fails: at most 2 queries at every size
# past Django, straight to the file: still a query for each user
import sqlite3

from django.db import connection

from course_lib.testbeds.blog import User


def users_with_post_counts():
    own = sqlite3.connect(connection.settings_dict["NAME"])
    result = []
    for user in User.objects.order_by("username"):
        [(count,)] = own.execute("SELECT COUNT(*) FROM blog_post WHERE user_id = ?", (user.id,))
        result.append({"username": user.username, "post_count": count})
    own.close()
    return result
