# fails: the work grows no faster than n log n
from concurrent.futures import ThreadPoolExecutor


def common_ids(left, right):
    """Eight threads search."""
    with ThreadPoolExecutor(8) as pool:
        hits = list(pool.map(right.count, dict.fromkeys(left)))
    return [one for one, hit in zip(dict.fromkeys(left), hits) if hit]
