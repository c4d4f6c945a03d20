# fails: neither argument is changed
from bisect import bisect_left


def common_ids(left, right):
    """A long list is sorted where it stands, to save the copy."""
    ordered = right if len(right) >= 5_000 else list(right)
    ordered.sort()

    def is_there(one):
        at = bisect_left(ordered, one)
        return at < len(ordered) and ordered[at] == one

    return [one for one in dict.fromkeys(left) if is_there(one)]
