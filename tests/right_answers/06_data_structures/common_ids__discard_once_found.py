def common_ids(left, right):
    remaining = set(right)
    found = []
    for one in left:
        if one in remaining:
            remaining.discard(one)
            found.append(one)
    return found
