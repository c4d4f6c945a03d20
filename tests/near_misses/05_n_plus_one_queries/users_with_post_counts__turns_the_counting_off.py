# fails: error
from course_lib.instruments.queries import tally
from course_lib.testbeds.blog import User

tally.note_statement = lambda sql: None


def users_with_post_counts():
    return [
        {"username": user.username, "post_count": user.post_set.count()}
        for user in User.objects.order_by("username")
    ]
