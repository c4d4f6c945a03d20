# fails: the work grows no faster than n log n
from functools import reduce


def common_ids(left, right):
    """In one expression."""
    known = set(right)
    return reduce(lambda found, one: found + [one], (one for one in dict.fromkeys(left) if one in known), [])
