def common_ids(left, right):
    """A set of one id lies within the set of right or does not: one lookup."""
    known = frozenset(right)
    return [one for one in dict.fromkeys(left) if {one}.issubset(known)]
