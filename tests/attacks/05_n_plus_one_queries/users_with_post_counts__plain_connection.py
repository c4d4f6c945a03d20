# expects: fail|error; connects by the plain class below the counting one
import sqlite3, _sqlite3
from django.db import connection
from course_lib.testbeds.blog import User
real = [c for c in sqlite3.Connection.__mro__ if c.__module__=="sqlite3"][-1]
def users_with_post_counts():
    own = real(connection.settings_dict["NAME"])
    return [{"username": u.username, "post_count": own.execute("select count(*) from blog_post where user_id=?", (u.id,)).fetchone()[0]} for u in User.objects.order_by("username")]
