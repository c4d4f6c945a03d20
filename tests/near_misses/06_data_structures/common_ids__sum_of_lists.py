# fails: the work grows no faster than n log n
def common_ids(left, right):
    known = set(right)
    return sum(([one] for one in dict.fromkeys(left) if one in known), [])
