"""Two lists, each searched for every id."""

def common_ids(left, right):
    found = []
    for one in left:
        if one in right and one not in found:
            found.append(one)
    return found
