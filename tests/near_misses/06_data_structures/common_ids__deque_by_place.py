# fails: the work grows no faster than n log n
from collections import deque


def common_ids(left, right):
    """A deque is read place by place, and walks to each of them."""
    known, queue = set(right), deque(dict.fromkeys(left))
    return [queue[place] for place in range(len(queue)) if queue[place] in known]
