# fails: nothing is remembered of them
from functools import cache


@cache
def as_set(ids):
    return frozenset(ids)


def common_ids(left, right):
    """Makes the set of each right list once."""
    known = as_set(tuple(right))
    return [one for one in dict.fromkeys(left) if one in known]
