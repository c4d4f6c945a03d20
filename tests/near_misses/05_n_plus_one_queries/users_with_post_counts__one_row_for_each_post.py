# fails: at most 2 rows a user
# one query, a row for each post of the join
from itertools import groupby

from course_lib.testbeds.blog import User


def users_with_post_counts():
    pairs = User.objects.order_by("username").values_list("username", "post__id")
    result = []
    for name, group in groupby(pairs, key=lambda pair: pair[0]):
        result.append({"username": name, "post_count": sum(post_id is not None for _, post_id in group)})
    return result
