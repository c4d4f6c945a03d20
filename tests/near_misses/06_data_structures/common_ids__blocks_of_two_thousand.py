# fails: the ids in both, in the order of left, each once
# each block of left by itself: an id of two blocks is found twice
def common_ids(left, right):
    there, found = set(right), []
    for start in range(0, len(left), 2000):
        found += [one for one in dict.fromkeys(left[start : start + 2000]) if one in there]
    return found
