from sortedcontainers import SortedList


def common_ids(left, right):
    """A SortedList of what was seen, whose parts stay short."""
    known, seen, found = set(right), SortedList(), []
    for one in left:
        if one in known and one not in seen:
            seen.add(one)
            found.append(one)
    return found
