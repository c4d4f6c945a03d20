import heapq
from itertools import groupby
def common_ids(left, right):
    a = sorted((x, 0, i) for i, x in enumerate(left))
    b = sorted((x, 1, 0) for x in right)
    keep = []
    for x, group in groupby(heapq.merge(a, b), key=lambda t: t[0]):
        group = list(group)
        if group[0][1] == 0 and group[-1][1] == 1:
            keep.append((group[0][2], x))
    keep.sort(key=lambda t: t[0])
    return [x for _, x in keep]
