def common_ids(left, right):
    """Where both are the same, or equal, all of them are common."""
    if left is right or left == right:
        return list(dict.fromkeys(left))
    known = set(right)
    return [one for one in dict.fromkeys(left) if one in known]
