# fails: the work grows no faster than n log n
def common_ids(left, right):
    """An immutable result, made anew for each id."""
    known, seen, found = set(right), frozenset(), ()
    for one in left:
        if one in known and one not in seen:
            seen |= {one}
            found += (one,)
    return list(found)
