# fails: nothing is remembered of them
last = []


def common_ids(left, right):
    """The last question is often asked again."""
    if last and last[0] == left and last[1] == right:
        return list(last[2])
    known = set(right)
    last[:] = list(left), list(right), [one for one in dict.fromkeys(left) if one in known]
    return list(last[2])
