# fails: neither argument is changed
def common_ids(left, right):
    """Marks what has been seen in the list itself."""
    wanted = dict.fromkeys(left)
    for at, one in enumerate(right):
        if one == 1:
            right[at] = True
    known = set(right)
    return [one for one in wanted if one in known]
