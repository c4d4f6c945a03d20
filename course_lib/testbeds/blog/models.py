"""The two models. `user.post_set` is Django's default name for the way back."""

from __future__ import annotations

from django.db import models


class User(models.Model):
    """Somebody who may have written posts."""

    username = models.CharField(max_length=150, unique=True)

    class Meta:
        app_label = "blog"

    def __str__(self) -> str:
        return str(self.username)


class Post(models.Model):
    """Something that one user wrote."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    title = models.CharField(max_length=200)
    body = models.TextField()

    class Meta:
        app_label = "blog"

    def __str__(self) -> str:
        return str(self.title)
