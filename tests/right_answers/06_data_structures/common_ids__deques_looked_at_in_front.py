from collections import deque


def common_ids(left, right):
    """Two sorted queues; of both the first one is looked at, and the smaller one goes."""
    places = {}
    for place, one in enumerate(left):
        places.setdefault(one, place)
    ours, theirs, both = deque(sorted(places)), deque(sorted(set(right))), []
    while ours and theirs:
        if ours[0] == theirs[0]:
            both.append(ours.popleft())
        elif ours[0] < theirs[0]:
            ours.popleft()
        else:
            theirs.popleft()
    return sorted(both, key=places.__getitem__)
