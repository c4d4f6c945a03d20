# fails: the ids in both, in the order of left, each once
def common_ids(left, right):
    """Ids are the same where they are the same object."""
    known = {id(one) for one in right}
    return [one for one in dict.fromkeys(left) if id(one) in known]
