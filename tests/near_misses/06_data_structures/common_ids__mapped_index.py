# fails: the work grows no faster than n log n
def common_ids(left, right):
    """The first place of each, found in C."""
    known = set(right)
    return [one for at, (one, first) in enumerate(zip(left, map(left.index, left))) if at == first and one in known]
