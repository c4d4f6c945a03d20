# fails: the ids in both, in the order of left, each once
def common_ids(left, right):
    return set(left) & set(right)
