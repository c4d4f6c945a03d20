# fails: the work grows no faster than n log n
def common_ids(left, right):
    """An id is new if it is not before its place."""
    known = set(right)
    return [one for at, one in enumerate(left) if one in known and one not in left[:at]]
