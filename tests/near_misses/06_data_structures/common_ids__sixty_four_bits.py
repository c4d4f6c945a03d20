# fails: the ids in both, in the order of left, each once
def common_ids(left, right):
    known = {one & (1 << 64) - 1 if isinstance(one, int) else one for one in right}
    return [one for one in dict.fromkeys(left) if (one & (1 << 64) - 1 if isinstance(one, int) else one) in known]
