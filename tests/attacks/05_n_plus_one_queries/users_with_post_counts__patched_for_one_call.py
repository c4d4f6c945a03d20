# expects: fail|error; looks for the books behind a counting cursor's methods, for the time of its own call
import sqlite3
from django.db import connection
from course_lib.testbeds.blog import User

def users_with_post_counts():
    connection.ensure_connection()
    cursor = connection.connection.cursor()
    space = None
    for kind in type(cursor).__mro__:
        f = kind.__dict__.get("execute")
        if hasattr(f, "__globals__") and "note_statement" in f.__globals__:
            space = f.__globals__
    if space is None: raise RuntimeError("not found")
    kept = space["note_statement"], space["_heard"], space["note_rows"]
    space["note_statement"] = lambda sql: True
    space["note_rows"] = lambda n: None
    space["_heard"] = lambda sql: None
    try:
        return [{"username": u.username, "post_count": u.post_set.count()} for u in User.objects.order_by("username")]
    finally:
        space["note_statement"], space["_heard"], space["note_rows"] = kept
