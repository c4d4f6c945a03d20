# fails: at most 2 queries at every size
# a second copy of the driver that nobody has prepared
import importlib
import sys

from django.db import connection

from course_lib.testbeds.blog import User


def users_with_post_counts():
    kept = sys.modules.pop("_sqlite3")
    fresh = importlib.import_module("_sqlite3")
    sys.modules["_sqlite3"] = kept
    own = fresh.connect(connection.settings_dict["NAME"])
    result = []
    for user in User.objects.order_by("username"):
        count = own.execute("SELECT COUNT(*) FROM blog_post WHERE user_id = ?", (user.id,)).fetchone()[0]
        result.append({"username": user.username, "post_count": count})
    own.close()
    return result
