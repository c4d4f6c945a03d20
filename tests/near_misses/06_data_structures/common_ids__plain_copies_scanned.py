# fails: the work grows no faster than n log n
def common_ids(left, right):
    plain = [int(one) if isinstance(one, int) else str(one) for one in right]
    found = []
    for one in dict.fromkeys(left):
        if (int(one) if isinstance(one, int) else str(one)) in plain:
            found.append(one)
    return found
