# fails: the ids in both, in the order of left, each once
def common_ids(left, right):
    if set(left) <= set(right):
        return left.copy()
    known = set(right)
    return [one for one in dict.fromkeys(left) if one in known]
