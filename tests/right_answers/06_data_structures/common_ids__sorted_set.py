from sortedcontainers import SortedSet


def common_ids(left, right):
    """SortedSet of what is common, put back into the order of left."""
    known = SortedSet(right)
    return [one for one in dict.fromkeys(left) if one in known]
