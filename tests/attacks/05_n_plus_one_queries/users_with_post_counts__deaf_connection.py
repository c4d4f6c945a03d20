# expects: fail|error; takes the trace off Django's own connection, then asks by the plain cursor class
from django.db import connection

from course_lib.testbeds.blog import User

COUNT = "SELECT COUNT(*) FROM blog_post WHERE user_id = ?"


def plainest(thing):
    return [kind for kind in type(thing).__mro__ if kind.__module__ == "sqlite3"][-1]


def users_with_post_counts():
    users = [(user.id, user.username) for user in User.objects.order_by("username")]
    raw = connection.connection
    plainest(raw).set_trace_callback(raw, None)
    cursor = raw.cursor()
    plain = plainest(cursor)
    result = []
    for number, name in users:
        plain.execute(cursor, COUNT, (number,))
        result.append({"username": name, "post_count": plain.fetchone(cursor)[0]})
    return result
