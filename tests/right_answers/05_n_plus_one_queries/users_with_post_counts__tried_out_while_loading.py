# somebody's own trial run stands in the file
from django.db.models import Count

from course_lib.testbeds import blog
from course_lib.testbeds.blog import Post, User

blog.fill(5)
ada = User.objects.create(username="ada")
Post.objects.create(user=ada, title="First", body="…")


def users_with_post_counts():
    counted = User.objects.annotate(n=Count("post")).order_by("username")
    return [{"username": name, "post_count": n} for name, n in counted.values_list("username", "n")]


print(users_with_post_counts())
assert len(users_with_post_counts()) == 6
