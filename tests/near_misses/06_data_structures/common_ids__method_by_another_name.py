# fails: the work grows no faster than n log n
def common_ids(left, right):
    """A method in a variable saves a lookup."""
    is_known = right.__contains__
    return list(filter(is_known, dict.fromkeys(left)))
