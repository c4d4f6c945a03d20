# fails: the ids in both, in the order of left, each once
def common_ids(left, right):
    """The first 64 letters of an id tell it from any other."""
    known = {str(one)[:64] for one in right}
    return [one for one in dict.fromkeys(left) if str(one)[:64] in known]
