# fails: the ids in both, in the order of left, each once
def common_ids(left, right):
    """Ids of digits are numbers."""
    known = {str(one).lstrip("0") for one in right}
    return [one for one in dict.fromkeys(left) if str(one).lstrip("0") in known]
