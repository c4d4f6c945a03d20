def common_ids(left, right):
    """Ids that are small numbers are marked in a table that is made once; others are put in a set."""
    most = 4 * (len(left) + len(right))
    if not all(type(one) is int and 0 <= one < most for one in (*left, *right)):
        there = set(right)
        return [one for one in dict.fromkeys(left) if one in there]
    marks, found = bytearray(most), []
    for one in right:
        marks[one] = 1
    for one in left:
        if marks[one]:
            marks[one] = 0
            found.append(one)
    return found
