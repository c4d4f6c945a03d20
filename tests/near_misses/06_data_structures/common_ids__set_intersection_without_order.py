# fails: the ids in both, in the order of left, each once
def common_ids(left, right):
    return sorted(set(left) & set(right))
