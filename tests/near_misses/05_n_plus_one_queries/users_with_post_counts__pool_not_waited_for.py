# fails: returns the right list
from concurrent.futures import ThreadPoolExecutor

from django.db.models import Count

from course_lib.testbeds.blog import User

pool = ThreadPoolExecutor(1)


def users_with_post_counts():
    answer = []
    users = User.objects.annotate(post_count=Count("post")).order_by("username")
    rows = list(users.values_list("username", "post_count"))
    pool.submit(lambda: answer.extend({"username": name, "post_count": count} for name, count in rows))
    return answer
