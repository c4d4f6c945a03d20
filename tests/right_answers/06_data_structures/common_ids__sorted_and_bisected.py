import bisect


def common_ids(left, right):
    ordered = sorted(right)
    found = []
    for one in dict.fromkeys(left):
        at = bisect.bisect_left(ordered, one)
        if at < len(ordered) and ordered[at] == one:
            found.append(one)
    return found
