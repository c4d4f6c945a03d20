"""Two sets, and the list for the order alone."""

def common_ids(left, right):
    wanted, seen, found = set(right), set(), []
    for one in left:
        if one in wanted and one not in seen:
            seen.add(one)
            found.append(one)
    return found
