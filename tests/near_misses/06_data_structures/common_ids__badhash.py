# fails: the work grows no faster than n log n
def common_ids(left, right):
    buckets = [[] for _ in range(100)]
    for y in right: buckets[hash(y) % 100].append(y)
    return [x for x in dict.fromkeys(left) if x in buckets[hash(x) % 100]]
