# fails: returns the right list
import threading

from django.db.models import Count

from course_lib.testbeds.blog import User


def users_with_post_counts():
    users = User.objects.annotate(post_count=Count("post")).order_by("username")
    rows = list(users.values("username", "post_count"))
    answer = []
    threading.Timer(0.005, answer.extend, [rows]).start()
    return answer
