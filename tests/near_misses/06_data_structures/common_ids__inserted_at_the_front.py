# fails: the work grows no faster than n log n
def common_ids(left, right):
    """Backwards, so that the first comes out first."""
    known, first = set(right), {one: at for at, one in reversed([*enumerate(left)])}
    found = []
    for at in range(len(left) - 1, -1, -1):
        if left[at] in known and first[left[at]] == at:
            found.insert(0, left[at])
    return found
