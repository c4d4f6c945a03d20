# fails: neither argument is changed
def common_ids(left, right):
    found = []
    for one in left:
        if one in right:
            found.append(one)
            while one in right:
                right.remove(one)
    return found
