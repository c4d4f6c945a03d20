# fails: the work grows no faster than n log n
def common_ids(left, right):
    """Bytes of each id in a list."""
    known = [repr(one).encode() for one in right]
    return [one for one in dict.fromkeys(left) if repr(one).encode() in known]
