import asyncio

from django.db.models import Count

from course_lib.testbeds.blog import User


async def gather():
    users = User.objects.annotate(post_count=Count("post")).order_by("username").values("username", "post_count")
    return [user async for user in users]


def users_with_post_counts():
    return asyncio.run(gather())
