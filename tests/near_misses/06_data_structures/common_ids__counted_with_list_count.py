# fails: the work grows no faster than n log n
def common_ids(left, right):
    return [one for one in dict.fromkeys(left) if right.count(one)]
