# fails: the work grows no faster than n log n
from collections import defaultdict


def common_ids(left, right):
    """Ids with the same last four digits lie together."""
    known = defaultdict(list)
    for one in dict.fromkeys(right):
        known[str(one)[-4:]].append(one)
    return [one for one in dict.fromkeys(left) if one in known[str(one)[-4:]]]
