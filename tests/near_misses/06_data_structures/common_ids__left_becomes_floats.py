# fails: neither argument is changed
def common_ids(left, right):
    """Makes numbers comparable, in place."""
    for at, one in enumerate(left):
        if type(one) is int and abs(one) < 2**53:
            left[at] = float(one)
    known = set(right)
    return [int(one) if type(one) is float else one for one in dict.fromkeys(left) if one in known]
