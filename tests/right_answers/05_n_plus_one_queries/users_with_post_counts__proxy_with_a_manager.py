from django.db import models

from course_lib.testbeds.blog import User


class Counted(models.Manager):
    def get_queryset(self):
        return super().get_queryset().annotate(post_count=models.Count("post")).order_by("username")


class Author(User):
    objects = Counted()

    class Meta:
        proxy = True
        app_label = "blog"


def users_with_post_counts():
    return [{"username": author.username, "post_count": author.post_count} for author in Author.objects.all()]
