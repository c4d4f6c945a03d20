# fails: the ids in both, in the order of left, each once
def common_ids(left, right):
    known = set(right)
    return [one for one in left if one in known]
