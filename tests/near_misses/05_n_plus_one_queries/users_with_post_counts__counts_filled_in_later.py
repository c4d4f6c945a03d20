# fails: returns the right list
import threading

from django.db.models import Count

from course_lib.testbeds.blog import User


def fill(answer, users):
    for entry, user in zip(answer, users):
        entry["post_count"] = user.post_count


def users_with_post_counts():
    users = list(User.objects.annotate(post_count=Count("post")).order_by("username"))
    answer = [{"username": user.username, "post_count": 0} for user in users]
    threading.Thread(target=fill, args=(answer, users), daemon=True).start()
    return answer
