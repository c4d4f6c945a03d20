# fails: the ids in both, in the order of left, each once
def common_ids(left, right):
    """Ids are the same in either case."""
    known = {str(one).casefold() for one in right}
    return [one for one in dict.fromkeys(left) if str(one).casefold() in known]
