# fails: at most 2 queries at every size
# the loop looks innocent, the property is not
from course_lib.testbeds.blog import User


class Author(User):
    class Meta:
        proxy = True
        app_label = "blog"

    @property
    def post_count(self):
        return self.post_set.count()


def users_with_post_counts():
    return [
        {"username": author.username, "post_count": author.post_count}
        for author in Author.objects.order_by("username")
    ]
