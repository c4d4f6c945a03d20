# fails: neither argument is changed
import bisect


def common_ids(left, right):
    right.sort()
    found = []
    for one in dict.fromkeys(left):
        at = bisect.bisect_left(right, one)
        if at < len(right) and right[at] == one:
            found.append(one)
    return found
