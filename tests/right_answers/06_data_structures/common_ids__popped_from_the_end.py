def common_ids(left, right):
    """Reversed once, then popped from the end."""
    waiting, wanted, found = left[::-1], set(right), []
    while waiting:
        one = waiting.pop()
        if one in wanted:
            wanted.remove(one)
            found.append(one)
    return found
