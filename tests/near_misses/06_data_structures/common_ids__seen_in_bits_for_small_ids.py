# fails: the work grows no faster than n log n
# what was seen is one number, where the ids are small
def common_ids(left, right):
    there, found = set(right), []
    if not all(type(one) is int and 0 <= one < 100_000 for one in left):
        return [one for one in dict.fromkeys(left) if one in there]
    seen = 0
    for one in left:
        if one in there and not seen & (1 << one):
            seen |= 1 << one
            found.append(one)
    return found
