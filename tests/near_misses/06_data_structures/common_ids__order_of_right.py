# fails: the ids in both, in the order of left, each once
def common_ids(left, right):
    known = set(left)
    return [one for one in dict.fromkeys(right) if one in known]
