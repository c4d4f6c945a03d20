RULE = "one in wanted"


def common_ids(left, right):
    wanted, found = set(right), []
    for one in dict.fromkeys(left):
        if eval(RULE):
            found.append(one)
    return found
