# fails: nothing is remembered of them
from functools import lru_cache


def common_ids(left, right):
    """The same question need not be worked out twice."""
    return list(_common(tuple(left), tuple(right)))


@lru_cache
def _common(left, right):
    known = set(right)
    return tuple(one for one in dict.fromkeys(left) if one in known)
