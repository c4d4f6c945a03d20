# fails: the ids in both, in the order of left, each once
def common_ids(left, right):
    """Compares hashes, which are small."""
    known = set(map(hash, right))
    return [one for one in dict.fromkeys(left) if hash(one) in known]
