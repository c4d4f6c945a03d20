def common_ids(left, right):
    ours = sorted(range(len(left)), key=lambda at: (left[at], at))
    theirs = sorted(right)
    found, other = [], 0
    previous = object()
    for at in ours:
        one = left[at]
        if one == previous:
            continue
        previous = one
        while other < len(theirs) and theirs[other] < one:
            other += 1
        if other < len(theirs) and theirs[other] == one:
            found.append(at)
    return [left[at] for at in sorted(found)]
