# fails: the work grows no faster than n log n
def common_ids(left, right):
    """Adds up lists of one."""
    known = set(right)
    return sum([[one] for one in dict.fromkeys(left) if one in known], [])
