# fails: the ids in both, in the order of left, each once
def common_ids(left, right):
    """Nothing to do where both are the same."""
    if left == right:
        return left
    known = set(right)
    return [one for one in dict.fromkeys(left) if one in known]
