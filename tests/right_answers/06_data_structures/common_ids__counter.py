from collections import Counter


def common_ids(left, right):
    count = Counter(right)
    found = []
    for one in left:
        if count.pop(one, 0):
            found.append(one)
    return found
