# fails: the work grows no faster than n log n
def common_ids(left, right):
    known = set(right)
    return [one for at, one in enumerate(left) if one in known and left.index(one) == at]
