# expects: fail|error; a forked child asks, and hands the answer through a pipe
import json
import os

from django.db import connections

from course_lib.testbeds.blog import User


def users_with_post_counts():
    reading_end, writing_end = os.pipe()
    child = os.fork()
    if child == 0:
        connections.close_all()
        found = [
            {"username": user.username, "post_count": user.post_set.count()}
            for user in User.objects.order_by("username")
        ]
        with os.fdopen(writing_end, "w") as pipe:
            json.dump(found, pipe)
        os._exit(0)
    os.close(writing_end)
    with os.fdopen(reading_end) as pipe:
        found = json.load(pipe)
    os.waitpid(child, 0)
    return found
