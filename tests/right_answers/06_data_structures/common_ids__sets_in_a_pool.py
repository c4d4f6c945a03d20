from concurrent.futures import ThreadPoolExecutor


def common_ids(left, right):
    """Two threads make the two sets, and both are waited for."""
    with ThreadPoolExecutor(2) as pool:
        ours, theirs = pool.map(set, (left, right))
    both = ours & theirs
    return [one for one in dict.fromkeys(left) if one in both]
