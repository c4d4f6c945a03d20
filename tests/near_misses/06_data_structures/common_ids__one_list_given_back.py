# fails: the ids in both, in the order of left, each once
def common_ids(left, right):
    """A list has all of its own ids."""
    if left is right:
        return list(left)
    known = set(right)
    return [one for one in dict.fromkeys(left) if one in known]
