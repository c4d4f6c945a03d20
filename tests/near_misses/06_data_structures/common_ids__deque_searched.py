# fails: the work grows no faster than n log n
from collections import deque


def common_ids(left, right):
    """A deque is fast at both ends."""
    known = deque(right)
    return [one for one in dict.fromkeys(left) if one in known]
