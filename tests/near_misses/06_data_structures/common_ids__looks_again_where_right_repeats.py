# fails: the work grows no faster than n log n
def common_ids(left, right):
    known = []
    seen = set()
    for one in right:
        if one in seen:
            known.index(one)
        else:
            seen.add(one)
            known.append(one)
    return [one for one in dict.fromkeys(left) if one in seen]
