# expects: error; gives a list that never ends
import itertools


def common_ids(left, right):
    return list(itertools.repeat(left[0] if left else 0))
