def common_ids(left, right):
    known = frozenset(right)
    return [one for one in dict.fromkeys(left) if one in known]
