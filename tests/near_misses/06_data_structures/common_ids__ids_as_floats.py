# fails: the ids in both, in the order of left, each once
def common_ids(left, right):
    """Compares numbers as floats."""
    known = {float(one) if type(one) is int else one for one in right}
    return [one for one in dict.fromkeys(float(one) if type(one) is int else one for one in left) if one in known]
