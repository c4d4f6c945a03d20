# expects: fail|error; walks up the stack to the reading and empties it before it returns
import sys

from course_lib.testbeds.blog import User


def users_with_post_counts():
    result = [
        {"username": user.username, "post_count": user.post_set.count()} for user in User.objects.order_by("username")
    ]
    frame = sys._getframe()
    while frame is not None:
        for value in list(frame.f_locals.values()):
            if type(value).__name__ == "QueryReading":
                value.statements.clear()
                value.unaccounted.clear()
                value.rows = 0
        frame = frame.f_back
    return result
