# expects: fail; empties the arguments, so that there is nothing to compare
def common_ids(left, right):
    left.clear()
    right.clear()
    return []
