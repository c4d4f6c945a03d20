def common_ids(left, right):
    wanted = dict.fromkeys(right)
    found = {}
    for one in left:
        if one in wanted:
            found[one] = True
    return list(found)
