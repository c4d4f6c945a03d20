# fails: the work grows no faster than n log n
def common_ids(left, right):
    """Whether an id stands apart from a dict is found out by walking through the dict."""
    known = dict.fromkeys(right)
    return [one for one in dict.fromkeys(left) if not {one}.isdisjoint(known)]
