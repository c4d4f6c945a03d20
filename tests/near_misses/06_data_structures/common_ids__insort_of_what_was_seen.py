# fails: the work grows no faster than n log n
from bisect import bisect_left, insort


def common_ids(left, right):
    """What was seen is kept sorted."""
    known, seen, found = set(right), [], []
    for one in left:
        at = bisect_left(seen, one)
        if seen[at : at + 1] == [one]:
            continue
        insort(seen, one)
        if one in known:
            found.append(one)
    return found
