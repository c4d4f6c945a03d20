# fails: the ids in both, in the order of left, each once
from collections import deque


def common_ids(left, right):
    """An id that comes again comes again soon."""
    known, lately, found = set(right), deque(maxlen=50), []
    for one in left:
        if one in known and one not in lately:
            found.append(one)
            lately.append(one)
    return found
