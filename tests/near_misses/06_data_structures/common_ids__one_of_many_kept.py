# fails: nothing is remembered of them
slowest = []


def common_ids(left, right):
    """Of long lists one id stays behind as an example."""
    known = set(right)
    if len(known) > 3_000:
        slowest[:] = [next(iter(known))]
    return [one for one in dict.fromkeys(left) if one in known]
