# fails: the work grows no faster than n log n
def common_ids(left, right):
    """Takes the ids off a copy, one by one."""
    waiting, known, found = list(left), set(right), {}
    while waiting:
        one = waiting.pop(0)
        if one in known:
            found[one] = None
    return list(found)
