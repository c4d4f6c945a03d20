# fails: the work grows no faster than n log n
def common_ids(left, right):
    """A queue in a list."""
    queue, known, found = left[:], set(right), {}
    while queue:
        if queue[0] in known:
            found.setdefault(queue[0])
        del queue[0]
    return [*found]
