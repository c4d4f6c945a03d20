# fails: the work grows no faster than n log n
# a table of bytes that is made anew for each id, where the ids are small
def common_ids(left, right):
    if not all(type(one) is int and 0 <= one < 100_000 for one in (*left, *right)):
        there = set(right)
        return [one for one in dict.fromkeys(left) if one in there]
    marks = bytes(max([*left, *right, 0]) + 1)
    for one in set(right):
        marks = marks[:one] + b"x" + marks[one + 1 :]
    return [one for one in dict.fromkeys(left) if marks[one]]
