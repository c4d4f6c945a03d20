def common_ids(left, right):
    there = set(right)
    first = {x: i for i, x in sorted(enumerate(left), reverse=True)}
    out = [None] * len(left)
    for x, i in first.items():
        if x in there:
            out[i] = (x,)
    return [slot[0] for slot in out if slot is not None]
