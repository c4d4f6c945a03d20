"""A set for one side, and a list that is searched for the other."""

def common_ids(left, right):
    known = set(right)
    found = []
    for one in left:
        if one in known and one not in found:
            found.append(one)
    return found
