from collections import deque


def common_ids(left, right):
    """A queue that is a deque."""
    waiting, known, found = deque(left), set(right), []
    while waiting:
        one = waiting.popleft()
        if one in known:
            known.discard(one)
            found.append(one)
    return found
