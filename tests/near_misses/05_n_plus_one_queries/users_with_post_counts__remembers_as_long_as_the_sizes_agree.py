# fails: reads the database at every call
# two cheap counts decide whether the remembered answer still holds; a moved post changes neither
from course_lib.testbeds.blog import Post, User

_answers = {}


def users_with_post_counts():
    sizes = User.objects.count(), Post.objects.count()
    if sizes not in _answers:
        _answers[sizes] = [
            {"username": user.username, "post_count": user.post_set.count()}
            for user in User.objects.order_by("username")
        ]
    return _answers[sizes]
