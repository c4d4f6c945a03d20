# fails: the work grows no faster than n log n
# one number with a bit for each id, where the ids are small
def common_ids(left, right):
    if not all(type(one) is int and 0 <= one < 100_000 for one in (*left, *right)):
        there = set(right)
        return [one for one in dict.fromkeys(left) if one in there]
    marks = 0
    for one in right:
        marks |= 1 << one
    return [one for one in dict.fromkeys(left) if marks >> one & 1]
