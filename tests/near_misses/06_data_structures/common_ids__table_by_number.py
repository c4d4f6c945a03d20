# fails: the ids in both, in the order of left, each once
def common_ids(left, right):
    if not left or not right:
        return []
    if isinstance(left[0], str):
        r = set(right)
        return [x for x in dict.fromkeys(left) if x in r]
    top = max(max(left), max(right), 0) + 1
    if top > 5_000_000:
        r = set(right)
        return [x for x in dict.fromkeys(left) if x in r]
    seen = bytearray(top)
    for x in right:
        if -top <= x:
            seen[x] = 1
    return [x for x in dict.fromkeys(left) if -top <= x and seen[x]]
