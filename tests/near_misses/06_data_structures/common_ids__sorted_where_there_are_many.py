# fails: the ids in both, in the order of left, each once
# many are given back as they are sorted
def common_ids(left, right):
    if len(left) < 1000:
        there = set(right)
        return [one for one in dict.fromkeys(left) if one in there]
    return sorted(set(left) & set(right))
