# fails: the ids in both, in the order of left, each once
def common_ids(left, right):
    """Stops when as many were met as there are in right; one that is repeated is counted twice."""
    known, found, missing = set(right), {}, len(right)
    for one in left:
        if not missing:
            break
        if one in known:
            found[one] = None
            missing -= 1
    return list(found)
