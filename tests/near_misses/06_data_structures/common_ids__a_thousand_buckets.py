# fails: the work grows no faster than n log n
def common_ids(left, right):
    buckets = [[] for _ in range(1024)]
    for one in dict.fromkeys(right):
        buckets[hash(one) % 1024].append(one)
    return [one for one in dict.fromkeys(left) if one in buckets[hash(one) % 1024]]
